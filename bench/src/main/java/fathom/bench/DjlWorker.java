package fathom.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** Trains with DJL on its PyTorch engine, as its own examples do. */
final class DjlWorker {
    private DjlWorker() {}

    public static void main(String[] arguments) throws IOException {
        Engine.getEngine("PyTorch");
        Worker.serve(DjlWorker::build);
    }

    @SuppressWarnings("resource") // model and trainer live as long as the process
    private static Worker.Step build(JsonNode job) {
        var sizes = new ArrayList<Long>();
        job.get("shape").forEach(size -> sizes.add(size.asLong()));
        var shape = new Shape(job.get("batch").asLong(), sizes.get(0), sizes.get(1), sizes.get(2));
        var model = Model.newInstance("bench", Device.cpu(), "PyTorch");
        model.setBlock(block(job.get("layers")));
        boolean endsInLogSoftmax = job.get("network").asString().equals("digits-cnn");
        Loss loss = new SoftmaxCrossEntropyLoss("loss", 1, -1, true, !endsInLogSoftmax);
        var config = new DefaultTrainingConfig(loss)
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(1e-4f))
                        .build());
        Trainer trainer = model.newTrainer(config);
        trainer.initialize(shape);
        return (inputs, labels) -> step(trainer, loss, shape, inputs, labels);
    }

    private static void step(Trainer trainer, Loss loss, Shape shape, float[] inputs, int[] labels) {
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector collector = trainer.newGradientCollector()) {
            NDArray x = manager.create(inputs, shape);
            NDArray y = manager.create(labels);
            NDList output = trainer.forward(new NDList(x));
            NDArray value = loss.evaluate(new NDList(y), output);
            collector.backward(value);
            value.getFloat();
            value.close();
            output.close();
        }
        trainer.step();
    }

    private static Block block(JsonNode layer) {
        return switch (layer.get(0).asString()) {
            case "chain" -> {
                var chain = new SequentialBlock();
                layer.get(1).forEach(part -> chain.add(block(part)));
                yield chain;
            }
            case "branches" -> {
                var branches = new ParallelBlock(lists -> new NDList(lists.stream()
                        .map(NDList::singletonOrThrow)
                        .reduce((left, right) -> left.concat(right, 1))
                        .orElseThrow()));
                layer.get(1).forEach(part -> branches.add(block(part)));
                yield branches;
            }
            case "linear" -> Linear.builder().setUnits(layer.get(1).asInt()).build();
            case "conv" ->
                Conv2d.builder()
                        .setFilters(layer.get(1).asInt())
                        .setKernelShape(square(layer.get(2)))
                        .optStride(square(layer.get(3)))
                        .optPadding(square(layer.get(4)))
                        .build();
            case "batchNorm" -> BatchNorm.builder().build();
            case "relu" -> Activation.reluBlock();
            case "leakyRelu" -> Activation.leakyReluBlock((float) layer.get(1).asDouble());
            case "logSoftmax" -> LambdaBlock.singleton(x -> x.logSoftmax(1));
            case "maxPool" -> Pool.maxPool2dBlock(square(layer.get(1)), square(layer.get(2)));
            case "dropout" ->
                Dropout.builder().optRate((float) layer.get(1).asDouble()).build();
            case "flatten" -> Blocks.batchFlattenBlock();
            default -> throw new IllegalArgumentException("DJL is not told how to build " + layer);
        };
    }

    private static Shape square(JsonNode side) {
        return new Shape(side.asLong(), side.asLong());
    }
}
