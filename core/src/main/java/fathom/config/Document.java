package fathom.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML 1.2 or JSON text as a {@link Node}. Only plain data passes: no anchors, aliases or tags, no second document,
 * no key twice, at most {@link #LARGEST} bytes and {@link #DEEPEST} levels, no YAML line above 65,536 characters.
 */
public final class Document {
    /** The most bytes of one document. */
    public static final int LARGEST = 1 << 20;

    /** The most mappings and lists inside one another. */
    public static final int DEEPEST = 50;

    private static final int LONGEST_LINE = 1 << 16;

    private static final TokenStreamFactory JSON = JsonFactory.builder().build();
    private static final TokenStreamFactory YAML = YAMLFactory.builder().build();

    private final String source;
    private final JsonParser parser;

    private Document(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * Reads a file; a name that ends in {@code .json} is read as JSON, any other as YAML.
     *
     * @throws ConfigException if it cannot be read, or is not such a document
     */
    public static Node read(Path file) {
        String source = file.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigException(Place.named(source), "there is no such file", e);
        } catch (IOException e) {
            throw new ConfigException(Place.named(source), "cannot be read: " + e, e);
        }
        if (bytes.length > LARGEST) {
            throw tooLarge(source);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return parse(source, text.toString());
        } catch (CharacterCodingException e) {
            throw new ConfigException(Place.named(source), "is not UTF-8 text", e);
        }
    }

    /**
     * Reads text.
     *
     * @param source what messages call it; if it ends in {@code .json} the text is JSON, otherwise YAML
     * @throws ConfigException if the text is not such a document
     */
    public static Node parse(String source, String text) {
        return parse(source, text, source.toLowerCase(Locale.ROOT).endsWith(".json"));
    }

    /** Reads text that is YAML, whatever messages call it. */
    static Node yaml(String source, String text) {
        return parse(source, text, false);
    }

    private static Node parse(String source, String text, boolean json) {
        if (text.length() > LARGEST) {
            throw tooLarge(source);
        }
        if (!json) {
            requireShortLines(source, text);
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = (json ? JSON : YAML).createParser(ObjectReadContext.empty(), content)) {
            return new Document(source, parser).whole();
        } catch (JacksonException | YamlEngineException | IndexOutOfBoundsException e) {
            throw malformed(source, json, e);
        }
    }

    private Node whole() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Node.Scalar(new Place(source, 1, 1), Node.Kind.NULL, "");
        }
        Node node = node(first, 0);
        if (parser.nextToken() != null) {
            throw new ConfigException(place(), "a second document starts here: one file holds one document");
        }
        return node;
    }

    private Node node(JsonToken token, int depth) {
        refuseReferences();
        Place place = place();
        return switch (token) {
            case START_OBJECT -> mapping(place, depth + 1);
            case START_ARRAY -> sequence(place, depth + 1);
            case VALUE_STRING -> new Node.Scalar(place, Node.Kind.TEXT, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Scalar(place, Node.Kind.NUMBER, parser.getString());
            case VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(place, Node.Kind.BOOLEAN, String.valueOf(token == JsonToken.VALUE_TRUE));
            case VALUE_NULL -> new Node.Scalar(place, Node.Kind.NULL, "");
            default -> throw new ConfigException(place, "expected a value, a list or a mapping");
        };
    }

    private Node mapping(Place place, int depth) {
        requireShallow(place, depth);
        var entries = new ArrayList<Node.Entry>();
        var seen = new HashMap<String, Place>();
        while (next() != JsonToken.END_OBJECT) {
            Place at = place();
            String key = parser.getString();
            Place earlier = seen.putIfAbsent(key, at);
            if (earlier != null) {
                throw new ConfigException(
                        at, "the key %s comes twice; first in line %d".formatted(Said.quoted(key), earlier.line()));
            }
            entries.add(new Node.Entry(key, at, node(next(), depth)));
        }
        return new Node.Mapping(place, entries);
    }

    private Node sequence(Place place, int depth) {
        requireShallow(place, depth);
        var items = new ArrayList<Node>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(node(token, depth));
        }
        return new Node.Sequence(place, items);
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new ConfigException(place(), "the document ends in the middle");
        }
        return token;
    }

    private void requireShallow(Place place, int depth) {
        if (depth > DEEPEST) {
            throw new ConfigException(place, "nested deeper than " + DEEPEST + " levels");
        }
    }

    private void refuseReferences() {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new ConfigException(place(), "aliases (*name) are not allowed: write the value out");
        }
        if (parser.getObjectId() != null) {
            throw new ConfigException(place(), "anchors (&name) are not allowed: write the value out");
        }
        if (parser.getTypeId() != null) {
            throw new ConfigException(place(), "tags (!type) are not allowed: write a plain value");
        }
    }

    private Place place() {
        return place(source, parser.currentTokenLocation());
    }

    private static Place place(String source, @Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? Place.named(source)
                : new Place(source, location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    /** The YAML scanner looks at each character of a plain word many times: a megabyte of one would take seconds. */
    private static void requireShortLines(String source, String text) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            } else if (i - start >= LONGEST_LINE) {
                throw new ConfigException(
                        new Place(source, line, 1), "a line of more than %d characters".formatted(LONGEST_LINE));
            }
        }
    }

    private static ConfigException tooLarge(String source) {
        return new ConfigException(Place.named(source), "larger than " + LARGEST / 1024 + " KiB");
    }

    private static ConfigException malformed(String source, boolean json, RuntimeException e) {
        if (e instanceof JacksonException jackson) {
            Place place = place(source, jackson.getLocation());
            return e instanceof StreamConstraintsException
                    ? new ConfigException(place, "too large: " + reason(jackson.getOriginalMessage()), e)
                    : new ConfigException(
                            place, (json ? "not JSON: " : "not YAML: ") + reason(jackson.getOriginalMessage()), e);
        }
        return new ConfigException(Place.named(source), "not YAML: " + reason(String.valueOf(e.getMessage())), e);
    }

    /** The parser's own words: the line that names the problem, without its drawing of the place. */
    private static String reason(String message) {
        String[] lines = message.split("\n", -1);
        String words = lines[0];
        for (String line : lines) {
            boolean drawing = line.isBlank() || line.startsWith(" ");
            if (!drawing) {
                words = line;
            }
        }
        return Said.shortened(words.replaceAll(" \\[Source: .*|: enable `.*", ""), 160);
    }
}
