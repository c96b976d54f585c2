namespace TwilioEmu.Media.Codecs;

/// <summary>Changes the sample rate of a stream: between any two rates, through a low-pass at nine tenths of the lower one's
/// half.</summary>
/// <remarks>
/// Polyphase windowed sinc (Blackman), 16 zero crossings to each side: 2 ms of the lower rate's time late, more than 70 dB down in the stop
/// band. Positions are whole numbers, so nothing drifts. One stream, one instance.
/// </remarks>
public sealed class Resampler
{
    private const int ZeroCrossings = 16;
    private const double PassBand = 0.9;

    // Beyond so many phases the nearest one stands for its neighbours: some -54 dB, for rates nobody uses.
    private const int MaxPhases = 512;

    private readonly long _up;
    private readonly long _down;
    private readonly int _half;
    private readonly int _phases;
    private readonly float[] _taps;
    private float[] _buffer;
    private int _count;
    private long _bufferStart;
    private long _nextOutput;

    public Resampler(int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toRate);
        var common = Gcd(fromRate, toRate);
        (_up, _down) = (toRate / common, fromRate / common);
        var cutoff = PassBand * Math.Min(1.0, (double)toRate / fromRate);
        _half = (int)Math.Ceiling(ZeroCrossings / cutoff);
        _phases = (int)Math.Min(_up, MaxPhases);
        _taps = Taps(_phases, _half, cutoff);
        _buffer = new float[Math.Max(4096, 4 * _half)];
        _count = _half;
        _bufferStart = -_half;
    }

    /// <summary>Takes samples in and appends what can be told from them by now.</summary>
    public void Process(ReadOnlySpan<float> input, List<float> output)
    {
        Append(input);
        while (true)
        {
            var position = _nextOutput * _down;
            var (whole, rest) = (position / _up, position % _up);
            var first = (int)(whole - _half + 1 - _bufferStart);
            if (first + (2 * _half) > _count) break;
            var phase = (int)(rest * _phases / _up);
            var taps = _taps.AsSpan(phase * 2 * _half, 2 * _half);
            var samples = _buffer.AsSpan(first, 2 * _half);
            var sum = 0f;
            for (var i = 0; i < taps.Length; i++) sum += taps[i] * samples[i];
            output.Add(sum);
            _nextOutput++;
        }
        Drop();
    }

    /// <summary>The end of the stream: what silence after it lets be told, so that as much time comes out as went in.</summary>
    public void Finish(List<float> output) => Process(new float[_half], output);

    /// <summary>A whole sound at once.</summary>
    public static float[] Convert(ReadOnlySpan<float> sound, int fromRate, int toRate)
    {
        if (fromRate == toRate) return sound.ToArray();
        var output = new List<float>((int)((long)sound.Length * toRate / fromRate) + 1);
        var resampler = new Resampler(fromRate, toRate);
        resampler.Process(sound, output);
        resampler.Finish(output);
        return [.. output];
    }

    /// <summary>A whole sound of 16-bit samples at once; what overshoots is clipped.</summary>
    public static short[] Convert(ReadOnlySpan<short> sound, int fromRate, int toRate)
    {
        if (fromRate == toRate) return sound.ToArray();
        var samples = new float[sound.Length];
        for (var i = 0; i < samples.Length; i++) samples[i] = sound[i];
        return Array.ConvertAll(Convert(samples, fromRate, toRate), ToPcm);
    }

    /// <summary>Rounds and clips.</summary>
    public static short ToPcm(float sample) => (short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue);

    private void Append(ReadOnlySpan<float> input)
    {
        if (_count + input.Length > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _count + input.Length));
        input.CopyTo(_buffer.AsSpan(_count));
        _count += input.Length;
    }

    private void Drop()
    {
        var unused = (int)Math.Min(_count, (_nextOutput * _down / _up) - _half + 1 - _bufferStart);
        if (unused <= 0) return;
        _buffer.AsSpan(unused, _count - unused).CopyTo(_buffer);
        _count -= unused;
        _bufferStart += unused;
    }

    /// <summary>For each phase the weights of the 2 * half samples around a position that lies so far between two of them.</summary>
    private static float[] Taps(int phases, int half, double cutoff)
    {
        var taps = new float[phases * 2 * half];
        for (var phase = 0; phase < phases; phase++)
        {
            var sum = 0.0;
            for (var i = 0; i < 2 * half; i++)
            {
                var distance = i - half + 1 - ((double)phase / phases);
                var x = Math.PI * distance * cutoff;
                var sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
                var w = Math.PI * distance / half;
                var weight = Math.Abs(distance) >= half ? 0 : sinc * (0.42 + (0.5 * Math.Cos(w)) + (0.08 * Math.Cos(2 * w)));
                taps[(phase * 2 * half) + i] = (float)weight;
                sum += weight;
            }
            // A constant stays what it is, in every phase.
            for (var i = 0; i < 2 * half; i++) taps[(phase * 2 * half) + i] /= (float)sum;
        }
        return taps;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
