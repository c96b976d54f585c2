using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Audio;

/// <summary>Collects mono samples of any rate as 16-bit samples of 8 kHz, chunk by chunk.</summary>
internal sealed class PcmAssembly(int rate, long expectedFrames)
{
    private readonly Resampler? _resampler = rate == Grid.SampleRate ? null : new Resampler(rate, Grid.SampleRate);
    private readonly List<short> _pcm = new((int)Math.Min(int.MaxValue / 4, (expectedFrames * Grid.SampleRate / rate) + 1));
    private readonly List<float> _converted = [];

    /// <summary>In the scale of 16 bits.</summary>
    public void Add(ReadOnlySpan<float> mono)
    {
        if (_resampler is null)
        {
            foreach (var sample in mono) _pcm.Add(Resampler.ToPcm(sample));
            return;
        }
        _resampler.Process(mono, _converted);
        Take();
    }

    public short[] Finish()
    {
        _resampler?.Finish(_converted);
        Take();
        return [.. _pcm];
    }

    private void Take()
    {
        foreach (var sample in _converted) _pcm.Add(Resampler.ToPcm(sample));
        _converted.Clear();
    }
}
