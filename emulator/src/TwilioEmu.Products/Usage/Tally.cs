namespace TwilioEmu.Products.Usage;

/// <summary>A sum of charges.</summary>
/// <param name="Count">Events.</param>
/// <param name="Usage">What was billed of.</param>
/// <param name="Price">US dollars, positive.</param>
internal readonly record struct Tally(long Count, decimal Usage, decimal Price)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Count + b.Count, a.Usage + b.Usage, a.Price + b.Price);
}
