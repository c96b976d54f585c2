using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Products.Usage;

/// <summary>
/// What an account used of a category on a day, kept as a part of the world;
/// charges come by the thousand, so its name and its writer are made once.
/// </summary>
internal sealed class UsageDay
{
    /// <param name="part">Name of the part.</param>
    public UsageDay(string part) => (Part, Write) = (part, WriteTo);

    public string Part { get; }

    public Action<PackedWriter> Write { get; }

    public Tally Tally { get; set; }

    private void WriteTo(PackedWriter to)
    {
        to.Long("count", Tally.Count);
        to.Money("usage", Tally.Usage);
        to.Money("price", Tally.Price);
    }
}
