using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
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
            .. new LookupV1Operations(world, book).Behaviours,
            .. new LookupOperations(world, book).Behaviours,
            .. new OverrideOperations(world, book).Behaviours,
            .. new RateLimitOperations(world).Behaviours,
        ];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }
}
