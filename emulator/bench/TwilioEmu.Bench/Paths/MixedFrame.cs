using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Bench.Paths;

/// <summary>A rendered frame of a conference, as one member hears it, while all speak. Budget: a mixed frame of 3 in 5 us, 0 B.</summary>
/// <remarks>In processor time, which other work on the machine does not lengthen.</remarks>
internal static class MixedFrame
{
    private const int FrameCount = 300_000;

    public static int Run()
    {
        Out.WriteLine("| frame of 20 ms | us of processor | bytes |");
        Out.WriteLine("|---|---|---|");
        foreach (var members in (int[])[2, 3, 10, 100]) Measure(members);
        return 0;
    }

    private static void Measure(int memberCount)
    {
        using var words = new SpokenWords(new ToneVoice(), 256 << 20);
        var clips = new ClipStore(64 << 20);
        var start = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var mix = new Mix(new MixId("room"));
        mix.Set(start, [.. Enumerable.Range(0, memberCount).Select(i => new MixVoice(new PartyId($"{i}"), Speaker(i, start)))]);
        var ear = new Track(new TrackId("ear"));
        ear.Put(new Cue(start, 1, new Source.Mixed(mix, new PartyId("0"))));
        var renderer = new Renderer(words, clips);
        var pcm = new short[Grid.FrameSampleCount];
        var first = Grid.FrameAt(start);
        // All speak for a minute; it is heard again and again.
        for (var i = 0; i < 3000; i++) renderer.Render(ear, first + i, pcm);
        var count = FrameCount / memberCount;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.UserTime;
        for (var i = 0; i < count; i++) renderer.Render(ear, first + (i % 3000), pcm);
        var us = (Environment.CpuUsage.UserTime - before).TotalMicroseconds / count;
        Out.WriteLine($"| {memberCount} members | {us:F2} | {(GC.GetAllocatedBytesForCurrentThread() - allocated) / count} |");
    }

    private static Track Speaker(int number, DateTimeOffset start)
    {
        var track = new Track(new TrackId($"{number}"));
        for (var i = 0; i < 20; i++)
        {
            var text = $"I am member {number} and this is what I say in sentence {i}";
            track.Put(new Cue(start + TimeSpan.FromSeconds(3 * i), 0, new Source.Words(text, "", TimeSpan.FromSeconds(3))));
        }
        return track;
    }
}
