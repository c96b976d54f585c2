using System.Globalization;

namespace TwilioEmu.Kernel.Time;

/// <summary>How the world's time relates to the wall's.</summary>
public abstract record ClockMode
{
    /// <summary>
    /// What follows within this followed at once: where time walks or runs, what takes none of it (a document that does nothing, one entry
    /// after another) takes a little all the same.
    /// </summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(50);

    /// <summary>Wall time.</summary>
    public sealed record Real : ClockMode;

    /// <summary>Wall time, <paramref name="Factor"/> times as fast.</summary>
    public sealed record Scaled(double Factor) : ClockMode
    {
        /// <summary>From <see cref="MinFactor"/> to <see cref="MaxFactor"/>.</summary>
        public double Factor { get; } = Factor is >= MinFactor and <= MaxFactor
            ? Factor
            : throw new ArgumentOutOfRangeException(nameof(Factor), Factor, $"a clock runs {MinFactor} to {MaxFactor} times as fast");
    }

    /// <summary>Virtual: jumps to the next due instant whenever the loop is idle and nothing holds time.</summary>
    public sealed record Auto : ClockMode;

    /// <summary>Virtual: moves only when told.</summary>
    public sealed record Manual : ClockMode;

    /// <summary>The lowest factor a scaled clock takes.</summary>
    public const double MinFactor = 0.001;

    /// <summary>
    /// The highest factor a scaled clock takes: a day in a second, and the loop's waits, whole milliseconds, still mean something.
    /// </summary>
    public const double MaxFactor = 100_000;

    private ClockMode() { }

    /// <summary>True where instants come from the world and not from the wall.</summary>
    public bool IsVirtual => this is Auto or Manual;

    /// <summary>Reads <c>real</c>, <c>xN</c> (0.001 ≤ N ≤ 100000), <c>auto</c> or <c>manual</c>.</summary>
    public static bool TryParse(string? text, out ClockMode mode)
    {
        mode = new Real();
        switch (text)
        {
            case "real": return true;
            case "auto": mode = new Auto(); return true;
            case "manual": mode = new Manual(); return true;
        }
        if (text is not ['x', .. var number]
            || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            || factor is not (>= MinFactor and <= MaxFactor))
        {
            return false;
        }
        mode = new Scaled(factor);
        return true;
    }

    /// <summary>The spelling <see cref="TryParse"/> reads.</summary>
    public override sealed string ToString() => this switch
    {
        Real => "real",
        Scaled s => "x" + s.Factor.ToString("0.################", CultureInfo.InvariantCulture),
        Auto => "auto",
        Manual => "manual",
        _ => throw new InvalidOperationException($"unknown clock mode {GetType().Name}"),
    };
}
