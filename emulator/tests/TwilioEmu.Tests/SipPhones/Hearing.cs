using System.Runtime.InteropServices;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Waits by what a phone heard, not by the wall: a busy machine takes longer, and hears the same in the end.</summary>
internal static class Hearing
{
    private const int WavHeaderByteCount = 44;

    /// <summary>Returns when so many frames were mostly the tone; fails when patience is over.</summary>
    public static async Task<short[]> UntilAsync(Func<short[]> heard, int hertz, TimeSpan patience)
    {
        using var ending = new CancellationTokenSource(patience);
        while (true)
        {
            var pcm = heard();
            var frames = ToneFrames.Of(pcm, hertz);
            if (frames.Heard >= ToneFrames.Enough) return pcm;
            ending.IsCancellationRequested
                .Should().BeFalse("{0} Hz should be heard; of {1} samples there were {2}", hertz, pcm.Length, frames);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>What a recorder has written so far of a WAV file, 16 bits at 8 kHz: its header may not yet say how much that is.</summary>
    public static short[] SoFar(string? file)
    {
        if (file is null || !File.Exists(file)) return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Math.Max(0, stream.Length - WavHeaderByteCount) & ~1L];
        stream.Seek(WavHeaderByteCount, SeekOrigin.Begin);
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, count & ~1)).ToArray();
    }
}
