using TwilioEmu.Media.Detection;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tests.Testing;

namespace TwilioEmu.Media.Tests.Detection;

public sealed class UtteranceBufferTests
{
    [Fact]
    public void An_utterance_is_whole_from_its_onset_to_its_end_and_the_next_is_another()
    {
        var (activity, buffer) = (new SpeechActivity(ActivityOptions.Default), new UtteranceBuffer());
        List<short[]> said = [];
        foreach (var (hertz, milliseconds) in new[] { (0, 1000), (500, 800), (0, 1000), (900, 400), (0, 1000) })
        {
            var pcm = hertz == 0 ? new short[milliseconds * 8] : Sounds.Sine(hertz, milliseconds);
            for (var at = 0; at < pcm.Length; at += Grid.FrameSampleCount)
            {
                var frame = pcm.AsSpan(at, Grid.FrameSampleCount);
                activity.Process(frame);
                if (buffer.Process(frame, activity.IsSpeaking) is { } whole) said.Add(whole);
            }
        }
        said.Should().HaveCount(2);
        // Of each 16 samples of 500 Hz two are zero.
        said[0].Count(s => s != 0).Should().Be(5600, "no frame of the 800 ms is lost");
        Sounds.Found(said[0], 500, 900).Should().Equal(500);
        Sounds.Found(said[1], 500, 900).Should().Equal(900);
    }

    [Fact]
    public void It_is_bounded()
    {
        var buffer = new UtteranceBuffer();
        var frame = Sounds.Sine(500, 20);
        for (var i = 0; i < 5000; i++) buffer.Process(frame, isSpeaking: true);
        buffer.Process(frame, isSpeaking: false)!.Length
            .Should().BeLessThanOrEqualTo((int)Grid.SampleCount(UtteranceBuffer.Longest) + Grid.FrameSampleCount);
    }
}
