using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>Charges numbers by the month: when they are bought, and on that day of every month after.</summary>
/// <remarks>
/// Loop-confined. Reads the journal for numbers that come and go, and writes <c>number.rented</c> for each month that begins. A number the
/// config gave is paid for its first month. There is no timer, which would keep the auto clock running for ever: whoever looks at
/// the books calls <see cref="CatchUp"/> first.
/// twilio.com/docs/phone-numbers/api/incomingphonenumber-resource: charged on purchase, then monthly.
/// </remarks>
public sealed class NumberRents
{
    private readonly World _world;
    private readonly PriceBook _prices;
    private readonly Dictionary<string, Lease> _leases = new(StringComparer.Ordinal);

    public NumberRents(World world, PriceBook prices)
    {
        (_world, _prices) = (world, prices);
        world.Project(static table => table is "phone_numbers" or "short_codes", Read);
    }

    /// <summary>Charges the months that began since it was last called.</summary>
    public void CatchUp()
    {
        var now = _world.Clock.GetUtcNow();
        foreach (var lease in _leases.Values)
        {
            if (lease.Due > now) continue;
            for (; lease.Due <= now; lease.Months++) Charge(lease, lease.Due, 0);
            Keep(lease);
        }
    }

    private void Read(Entry entry)
    {
        if (entry.Data is not RecordChange { Record: PhoneNumber number } change) return;
        if (change.IsRemoval)
        {
            _leases.Remove(number.Sid);
            _world.Parts.Drop(PartOf(number.Sid));
            return;
        }
        // Known already: changed, or trimmed and moved by whoever owns both accounts.
        if (_leases.ContainsKey(number.Sid) || _prices.OfMonth(number) is not { } price) return;
        var lease = new Lease(number, price, entry.At);
        if (_world.Parts.Take(PartOf(number.Sid)) is { } saved)
        {
            lease = new Lease(number, price, saved.Instant("since", null)) { Months = saved.Number("months", null) };
        }
        _leases.Add(number.Sid, lease);
        Keep(lease);
        // A transferred number was paid by the account it comes from (inferred).
        if (entry.Cause != 0 && entry.Kind == NumberEntries.Bought.Name) Charge(lease, entry.At, entry.Seq);
    }

    private void Keep(Lease lease)
    {
        if (!_world.Parts.IsKept) return;
        _world.Parts.Put(PartOf(lease.Number.Sid), part =>
        {
            part.Instant("since", lease.Since);
            part.Number("months", lease.Months);
        });
    }

    private static string PartOf(string sid) => "rent/" + sid;

    private void Charge(Lease lease, DateTimeOffset at, long cause)
    {
        var number = lease.Number;
        var category = number.Kind switch
        {
            NumberKind.ShortCode => "shortcodes-random",
            NumberKind.TollFree => "phonenumbers-tollfree",
            _ => number.Type == "mobile" ? "phonenumbers-mobile" : "phonenumbers-local",
        };
        _world.Journal.Write(
            number.Account, NumberEntries.Rented, number.Sid, cause, new Rent(new Charge(category, 1, 1, lease.Price) { At = at }));
    }

    private sealed class Lease(PhoneNumber number, decimal price, DateTimeOffset since)
    {
        public PhoneNumber Number => number;

        public decimal Price => price;

        public DateTimeOffset Since => since;

        public int Months { get; set; } = 1;

        public DateTimeOffset Due => since.AddMonths(Months);
    }

    private sealed class Rent(Charge charge) : IEntryData, IBillable
    {
        public Charge? ChargeFor(string kind) => charge;

        public void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("category", charge.Category);
            json.WriteString("price", Price.Spell(Price.Of(charge.Price)));
            json.WriteString("from", charge.At!.Value.UtcDateTime);
        }
    }
}
