package fathom.run;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The header of a sealed safetensors file, checked against the length of what follows it. */
record SafetensorsHeader(String seal, SequencedMap<String, String> metadata, List<Entry> entries) {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int MOST_ARRAYS = 65_536;
    private static final int MOST_SIZES = 8;

    /** One array: where it begins and ends among the bytes after the header. */
    record Entry(String name, List<Integer> sizes, long from, long to) {
        int count() {
            return (int) ((to - from) / 4);
        }
    }

    /** @throws CheckpointException unless the arrays lie one after the other and fill {@code payload} bytes exactly */
    static SafetensorsHeader parse(Path file, byte[] bytes, long payload) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.startsWith(Safetensors.SEAL)) {
                throw new BadHeader("it is not sealed with a SHA-256 in the first place of its metadata");
            }
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
                SafetensorsHeader header = new Reading(parser).header();
                requireFilled(header.entries(), payload);
                return header;
            }
        } catch (CharacterCodingException | JacksonException e) {
            throw Safetensors.damaged(file, "its header is not JSON", e);
        } catch (BadHeader e) {
            throw Safetensors.damaged(file, e.reason, e);
        }
    }

    private static void requireFilled(List<Entry> entries, long payload) {
        long end = 0;
        for (Entry entry : entries) {
            if (entry.from() != end || entry.to() < end) {
                throw new BadHeader("array %s lies at bytes %d … %d, but must begin at %d"
                        .formatted(entry.name(), entry.from(), entry.to(), end));
            }
            long count = 1;
            for (int size : entry.sizes()) {
                count *= size;
                if (count > Integer.MAX_VALUE) {
                    throw new BadHeader("array %s is too large: %s".formatted(entry.name(), entry.sizes()));
                }
            }
            if (4 * count != entry.to() - entry.from()) {
                throw new BadHeader("array %s of sizes %s does not take %d bytes"
                        .formatted(entry.name(), entry.sizes(), entry.to() - entry.from()));
            }
            end = entry.to();
        }
        if (end != payload) {
            throw new BadHeader("its arrays take %d bytes, but %d follow the header".formatted(end, payload));
        }
    }

    /** One pass over the JSON. */
    private record Reading(JsonParser parser) {
        SafetensorsHeader header() {
            expect(JsonToken.START_OBJECT);
            expect(JsonToken.PROPERTY_NAME);
            SequencedMap<String, String> metadata = metadata();
            var entries = new ArrayList<Entry>();
            var names = new LinkedHashMap<String, Boolean>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.getString();
                if (names.put(name, true) != null || names.size() > MOST_ARRAYS) {
                    throw new BadHeader("it names an array twice, or more than " + MOST_ARRAYS);
                }
                entries.add(entry(name));
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new BadHeader("its header does not end where it should");
            }
            String seal = metadata.remove("sha256");
            if (seal == null || seal.length() != Safetensors.UNSEALED.length()) {
                throw new BadHeader("its SHA-256 is not 64 digits long");
            }
            return new SafetensorsHeader(seal, metadata, entries);
        }

        private SequencedMap<String, String> metadata() {
            expect(JsonToken.START_OBJECT);
            var metadata = new LinkedHashMap<String, String>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.getString();
                expect(JsonToken.VALUE_STRING);
                if (metadata.put(key, parser.getString()) != null) {
                    throw new BadHeader("its metadata names " + key + " twice");
                }
            }
            return metadata;
        }

        private Entry entry(String name) {
            expect(JsonToken.START_OBJECT);
            List<Integer> sizes = List.of();
            List<Long> offsets = List.of();
            String type = "";
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                switch (parser.getString()) {
                    case "dtype" -> {
                        expect(JsonToken.VALUE_STRING);
                        type = parser.getString();
                    }
                    case "shape" ->
                        sizes = numbers(MOST_SIZES, Integer.MAX_VALUE).stream()
                                .map(Math::toIntExact)
                                .toList();
                    case "data_offsets" -> offsets = numbers(2, Long.MAX_VALUE);
                    default -> throw new BadHeader("array %s has an unknown property".formatted(name));
                }
            }
            if (!type.equals("F32") || offsets.size() != 2) {
                throw new BadHeader("array %s is not of type F32 with two data_offsets".formatted(name));
            }
            return new Entry(name, sizes, offsets.getFirst(), offsets.getLast());
        }

        private List<Long> numbers(int most, long largest) {
            expect(JsonToken.START_ARRAY);
            var numbers = new ArrayList<Long>();
            while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                long value = parser.getLongValue();
                if (value < 0 || value > largest || numbers.size() == most) {
                    throw new BadHeader("it holds a size or offset that cannot be: " + value);
                }
                numbers.add(value);
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw new BadHeader("a list of sizes or offsets holds something else");
            }
            return numbers;
        }

        private void expect(JsonToken wanted) {
            JsonToken token = parser.nextToken();
            if (token != wanted) {
                throw new BadHeader("its header holds %s where %s should be".formatted(token, wanted));
            }
        }
    }

    /** Why a header cannot be right; the file's name is put to it where it is caught. */
    private static final class BadHeader extends RuntimeException {
        private final String reason;

        BadHeader(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
