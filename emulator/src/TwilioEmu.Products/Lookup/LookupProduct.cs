using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Products.Lookup;

/// <summary>Lookup of one world, v1 and v2: what a number is, whose, and whether to trust it.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="facts">What the config knows of numbers, by E.164.</param>
public sealed class LookupProduct(IReadOnlyDictionary<string, NumberFacts>? facts = null) : IProduct
{
    private FactBook? _book;

    /// <summary>What is known of a number, once attached.</summary>
    public NumberFacts FactsOf(ParsedNumber number) =>
        (_book ?? throw new InvalidOperationException("Lookup is not attached yet")).Of(number);

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var world = floor.World;
        var book = _book = new FactBook(world, floor.Numbers, facts ?? new Dictionary<string, NumberFacts>());
        // CNAM is of the United States (twilio.com/docs/lookup/v1-api).
        floor.CallerNames = number => NumberPlans.Parse(number, null) is { Country: "US" } known ? book.Of(known).CallerName : null;
        // Texts heed what was told of a number, not what its digits suggest.
        floor.LineTypes = number => facts?.GetValueOrDefault(number)?.LineType;
        floor.Carriers = number => facts?.GetValueOrDefault(number)?.Carrier;
        floor.Hang(
        [
            .. new LookupV1Operations(world, book).Behaviours,
            .. new LookupOperations(world, book).Behaviours,
            .. new OverrideOperations(world, book).Behaviours,
            .. new RateLimitOperations(world).Behaviours,
        ]);
    }
}
