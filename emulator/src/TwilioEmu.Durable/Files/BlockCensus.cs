namespace TwilioEmu.Durable.Files;

/// <summary>Which blocks there are, in short: what was written down and what a start finds are the same, or one is missing.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Of their numbers.</param>
internal readonly record struct BlockCensus(long Count, long Sum)
{
    /// <summary>Of all from one to another; none where the last comes before the first.</summary>
    public static BlockCensus OfRun(long first, long last) => new(last - first + 1, (first + last) * (last - first + 1) / 2);

    /// <summary>Of these.</summary>
    public static BlockCensus Of(IEnumerable<long> numbers)
    {
        var census = default(BlockCensus);
        foreach (var number in numbers) census += new BlockCensus(1, number);
        return census;
    }

    public static BlockCensus operator +(BlockCensus one, BlockCensus other) => new(one.Count + other.Count, one.Sum + other.Sum);

    public static BlockCensus operator -(BlockCensus one, BlockCensus other) => new(one.Count - other.Count, one.Sum - other.Sum);
}
