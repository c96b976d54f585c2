namespace TwilioEmu.Bench.Driving;

/// <summary>Latencies of a closed loop, with those that a pause kept from being measured (coordinated omission).</summary>
/// <remarks>
/// A connection that waits 300 ms sends nothing meanwhile: one latency is measured where an open loop would have measured many. As wrk and HdrHistogram
/// (<c>recordValueWithExpectedInterval</c>) do, a latency longer than a request's usual interval stands for those that fell due during it as well, each
/// an interval shorter than the one before.
/// </remarks>
internal static class Latencies
{
    /// <summary>All, ascending, in the unit of what is given.</summary>
    /// <param name="measured">One for each request.</param>
    /// <param name="interval">Usual time between two requests of a connection.</param>
    public static double[] Correct(double[] measured, double interval)
    {
        var all = new List<double>(measured.Length);
        foreach (var one in measured)
        {
            all.Add(one);
            if (one > 2 * interval) for (var due = one - interval; due > interval; due -= interval) all.Add(due);
        }
        var sorted = all.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The value that a share of all do not exceed.</summary>
    public static double At(double[] ascending, double share) => ascending[Math.Min((int)(ascending.Length * share), ascending.Length - 1)];
}
