using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Tests.Testing;

/// <summary>A key that is heard.</summary>
/// <param name="Key"><c>0-9 A-D # *</c>.</param>
/// <param name="IsOver">False when it begins, true when it ends.</param>
/// <param name="Length">So far, to some 10 ms.</param>
internal readonly record struct KeyHeard(char Key, bool IsOver, TimeSpan Length);

/// <summary>Finds keys in sound, and leaves voices alone: a receiver to hold our tones and voices against.</summary>
/// <remarks>
/// ITU-T Q.24 and its annex (AT&amp;T): tones of 40 ms are found, of 20 ms are not; an interruption of 10 ms does not split a key, a pause
/// of 40 ms does; frequencies may be 1.5 % off; the high group up to 8 dB below or 4 dB above the low; from -29 dBm0 on. Talk-off: both
/// frequencies must stand 8 dB above their neighbours and have most of all the energy, which no vowel does. One stream, one instance; 0 B.
/// </remarks>
internal sealed class DtmfDetector
{
    // Blocks of 12.75 ms, each half over the next. A block shows a key when it holds 70 % of tone: of 40 ms five do wherever they fall, of
    // 20 ms three at most; an interruption of 10 ms spoils three at most, a pause of 40 ms seven.
    private const int BlockSampleCount = 102;
    private const int HopSampleCount = BlockSampleCount / 2;
    private const int BlocksToBegin = 4;
    private const int BlocksToEnd = 4;

    private const double MinDbm0 = -29;
    private const double MaxHighBelowLow = 6.31;
    private const double MaxHighAboveLow = 2.51;
    private const double MinAboveNeighbours = 6.31;
    private const double MinShare = 0.7;

    private static readonly TimeSpan HopLength = Grid.LengthOf(HopSampleCount);

    private readonly short[] _block = new short[BlockSampleCount];
    private readonly double[] _low = new double[4];
    private readonly double[] _high = new double[4];
    private int _count;
    private char _candidate;
    private int _seen;
    private char _key;
    private int _length;
    private int _missed;

    /// <summary>The key that sounds now; null when none does.</summary>
    public char? Current => _key == '\0' ? null : _key;

    /// <summary>Takes samples of 8 kHz in; tells keys as they begin and end.</summary>
    public void Process(ReadOnlySpan<short> pcm, Action<KeyHeard> tell)
    {
        while (pcm.Length > 0)
        {
            var taken = Math.Min(pcm.Length, BlockSampleCount - _count);
            pcm[..taken].CopyTo(_block.AsSpan(_count));
            _count += taken;
            pcm = pcm[taken..];
            if (_count < BlockSampleCount) return;
            Take(KeyIn(_block), tell);
            _block.AsSpan(HopSampleCount).CopyTo(_block);
            _count = HopSampleCount;
        }
    }

    // state      | same key      | other key or none
    // no key     | 4th: begin    | start counting anew
    // key sounds | goes on       | 4th in a row: end; the other may begin with it
    private void Take(char found, Action<KeyHeard> tell)
    {
        _seen = found != '\0' && found == _candidate ? _seen + 1 : 1;
        _candidate = found;
        if (_key != '\0')
        {
            if (found == _key)
            {
                _length += _missed + 1;
                _missed = 0;
                return;
            }
            if (++_missed < BlocksToEnd) return;
            tell(new KeyHeard(_key, IsOver: true, HopLength * _length));
            (_key, _missed) = ('\0', 0);
        }
        if (found == '\0' || _seen < BlocksToBegin) return;
        (_key, _length) = (found, _seen);
        tell(new KeyHeard(found, IsOver: false, HopLength * _length));
    }

    private char KeyIn(ReadOnlySpan<short> block)
    {
        if (Sine.LevelOf(block) < MinDbm0) return '\0';
        for (var i = 0; i < 4; i++)
        {
            _low[i] = Goertzel.Power(block, DtmfTone.Low[i]);
            _high[i] = Goertzel.Power(block, DtmfTone.High[i]);
        }
        var (low, high) = (Strongest(_low), Strongest(_high));
        if (low < 0 || high < 0) return '\0';
        if (_low[low] > _high[high] * MaxHighBelowLow || _high[high] > _low[low] * MaxHighAboveLow) return '\0';
        var share = (_low[low] + _high[high]) * 2 / (block.Length * Goertzel.Energy(block));
        return share < MinShare ? '\0' : DtmfTone.Keypad[(low * 4) + high];
    }

    /// <summary>The place of the strongest; -1 when it does not stand out.</summary>
    private static int Strongest(double[] group)
    {
        var best = 0;
        for (var i = 1; i < group.Length; i++)
        {
            if (group[i] > group[best]) best = i;
        }
        for (var i = 0; i < group.Length; i++)
        {
            if (i != best && group[i] * MinAboveNeighbours > group[best]) return -1;
        }
        return best;
    }
}
