namespace TwilioEmu.Media.Rtp;

/// <summary>How good a call sounds, by what the network did to it.</summary>
/// <remarks>ITU-T G.107 (E-model) with its defaults, for G.711 with loss concealment: Ie = 0, Bpl = 25.1 (G.113 appendix I).
/// Pure.</remarks>
public static class CallQuality
{
    private const double DefaultR = 93.2;
    private const double LossRobustness = 25.1;
    private const double DelayKnee = 177.3;

    /// <summary>The mean opinion score, 1 to 4.41.</summary>
    /// <param name="lossRatio">0 to 1, what the jitter buffer threw away included.</param>
    /// <param name="delay">From mouth to ear, one way.</param>
    public static double MosOf(double lossRatio, TimeSpan delay) => FromR(ROf(lossRatio, delay));

    /// <summary>The rating factor, 0 to 93.2.</summary>
    public static double ROf(double lossRatio, TimeSpan delay)
    {
        var percent = Math.Clamp(lossRatio, 0, 1) * 100;
        var ms = Math.Max(0, delay.TotalMilliseconds);
        // The usual simplification of Id (Cole and Rosenbluth, 2001).
        var delayImpairment = (0.024 * ms) + (ms > DelayKnee ? 0.11 * (ms - DelayKnee) : 0);
        var lossImpairment = 95 * percent / (percent + LossRobustness);
        return Math.Clamp(DefaultR - delayImpairment - lossImpairment, 0, DefaultR);
    }

    // G.107 annex B.
    private static double FromR(double r) => r <= 0 ? 1 : 1 + (0.035 * r) + (r * (r - 60) * (100 - r) * 7e-6);
}
