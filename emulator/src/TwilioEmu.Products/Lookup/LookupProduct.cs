using TwilioEmu.Kernel;
using TwilioEmu.Products.Numbers;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Lookup;

/// <summary>Lookup of one world, v1 and v2: what a number is, whose, and whether to trust it.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class LookupProduct
{
    /// <param name="world">Where it lives.</param>
    /// <param name="numbers">The emulator's own numbers.</param>
    /// <param name="facts">What the config knows of numbers, by E.164.</param>
    public LookupProduct(World world, NumberBook numbers, IReadOnlyDictionary<string, NumberFacts>? facts = null)
    {
        var book = new FactBook(world, numbers, facts ?? new Dictionary<string, NumberFacts>());
        Behaviours =
        [
            .. new FirstLookupDesk(world, book).Behaviours,
            .. new LookupDesk(world, book).Behaviours,
            .. new OverridesDesk(world, book).Behaviours,
            .. new RateLimitsDesk(world).Behaviours,
        ];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }
}
