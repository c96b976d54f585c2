namespace TwilioEmu.Scenarios.Matching;

/// <summary>How many entries must match.</summary>
/// <param name="Number">That many.</param>
/// <param name="IsExact">False: at least; the wait ends with the last of them. True: no more either; the whole time is waited.</param>
public readonly record struct EntryCount(int Number, bool IsExact)
{
    /// <summary>The most that can be asked for.</summary>
    public const int Max = 100_000;

    /// <summary>One, at least.</summary>
    public static EntryCount One { get; } = new(1, false);

    /// <summary>The count at which waiting longer cannot change the verdict.</summary>
    public int StopAt => IsExact ? Number + 1 : Number;

    public bool IsMetBy(int found) => IsExact ? found == Number : found >= Number;

    /// <inheritdoc/>
    public override string ToString() => IsExact ? $"exactly {Number}" : $"{Number}";
}
