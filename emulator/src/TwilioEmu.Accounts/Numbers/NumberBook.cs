using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers.Addresses;
using TwilioEmu.Accounts.Numbers.CallerIds;
using TwilioEmu.Accounts.Numbers.Deactivations;
using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Accounts.Numbers.Regulations;
using TwilioEmu.Accounts.TestCredentials;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>Who owns which number, and what the number does.</summary>
/// <remarks>Loop-confined. Every number here is attached to the exchange; all other addresses are the carrier's.</remarks>
public sealed class NumberBook
{
    private static readonly TableKey<PhoneNumber> NumbersTable = new("phone_numbers", PhoneNumber.Form);
    private static readonly TableKey<PhoneNumber> ShortCodesTable = new("short_codes", PhoneNumber.Form);

    private readonly Dictionary<string, PhoneNumber> _byAddress = new(StringComparer.Ordinal);
    private readonly Exchange _exchange;
    private readonly StoredCollection _applications;

    public NumberBook(World world, Exchange exchange, AccountBook accounts, StoredDocuments stored)
    {
        World = world;
        Accounts = accounts;
        _applications = stored.Of("api_v2010", "/2010-04-01/Accounts/{AccountSid}/Applications");
        _exchange = exchange;
        Stock = new NumberStock(world);
        // What an earlier process left; from here on this book is told by nobody but itself.
        world.ProjectSaved(
            static table => table is "phone_numbers" or "short_codes",
            entry =>
            {
                var number = (PhoneNumber)((RecordChange)entry.Data!).Record;
                _byAddress[number.Number] = number;
                exchange.AddNumber(number.Number);
            });
        CallerIds = new CallerIdBook(this);
        // twilio.com/docs/iam/api/subaccounts: closing an account releases all its numbers.
        accounts.Closed += ReleaseAll;
        Behaviours =
        [
            .. new AvailableNumberOperations(this).Behaviours,
            .. new IncomingNumberOperations(this).Behaviours,
            .. new ShortCodeOperations(this).Behaviours,
            .. new AddressOperations(this).Behaviours,
            .. CallerIds.Behaviours,
            .. new DeactivationOperations(this).Behaviours,
            .. RegulationOperations.Behaviours,
        ];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    /// <summary>Numbers of others that accounts may show.</summary>
    public CallerIdBook CallerIds { get; }

    internal World World { get; }

    internal AccountBook Accounts { get; }

    /// <summary>The TwiML Apps of an account, which its numbers may name.</summary>
    public StoredList Applications(AccountSid account) => _applications.In(account);

    internal NumberStock Stock { get; }

    /// <summary>The number at an address, whoever owns it, or null. O(1).</summary>
    /// <param name="address">E.164 as <see cref="E164.TryNormalize"/> gives it, or the digits of a short code.</param>
    public PhoneNumber? Find(string address) => _byAddress.GetValueOrDefault(address);

    /// <summary>What mends that an account uses a number which nobody owns.</summary>
    public string CureOfUnowned(string address) => _exchange.Unowned(address) + MagicNumbers.CureOf(address);

    /// <summary>The account's number or short code of a SID, or null.</summary>
    public PhoneNumber? FindBySid(AccountSid account, string sid) => Numbers(account).Find(sid) ?? ShortCodes(account).Find(sid);

    /// <summary>
    /// The account's numbers, short codes not among them, from the newest or from the one just older than <paramref name="after"/>.
    /// </summary>
    public IEnumerable<PhoneNumber> NewestFirst(AccountSid account, string? after = null) => Numbers(account).NewestFirst(after);

    /// <summary>Gives a number's calls to a SIP trunk, which ends its voice application; null takes them back.</summary>
    public PhoneNumber PutOnTrunk(PhoneNumber number, string? trunk, long cause)
    {
        var updated = number with
        {
            TrunkSid = trunk,
            VoiceApplicationSid = trunk is null ? number.VoiceApplicationSid : "",
            DateUpdated = World.Clock.GetUtcNow(),
        };
        Put(updated, NumberEntries.Updated, cause);
        return updated;
    }

    /// <summary>Gives an account a number the config names.</summary>
    /// <exception cref="ArgumentException">The number is none, is owned already, or cannot be set up so.</exception>
    public PhoneNumber Add(AccountSid account, PhoneNumberSpec spec, long cause = 0)
    {
        var isShortCode = E164.IsShortCode(spec.Number);
        var address = spec.Number;
        if (!isShortCode && !E164.TryNormalize(spec.Number, out address))
        {
            throw new ArgumentException($"'{spec.Number}' is neither a phone number nor a short code");
        }
        if (Find(address) is { } taken) throw new ArgumentException($"{address} belongs to account {taken.Account} already");
        var kind = spec.Kind ?? NumberKinds.Of(address);
        var made = New(account, address, kind) with { MessagesPerSecond = spec.MessagesPerSecond, ToldCountry = spec.Country };
        var number = NumberSettings.Apply(made with { Sid = spec.Sid ?? made.Sid }, new FormValues([.. spec.Parameters]), out var refusal);
        if (number is null) throw new ArgumentException($"{address}: {refusal!.Message} ({refusal.Code})");
        Put(number, NumberEntries.Bought, cause);
        return number;
    }

    /// <summary>A number nobody owns yet, with the defaults of its kind and country.</summary>
    internal PhoneNumber New(AccountSid account, string address, NumberKind kind)
    {
        var sid = World.Sids.New(kind == NumberKind.ShortCode ? "SC" : "PN");
        var number = new PhoneNumber(sid, account, address, kind, E164.ToNational(address), World.Clock.GetUtcNow());
        if (kind == NumberKind.ShortCode) return number with { Type = "shortcode", Capabilities = Capabilities.Sms | Capabilities.Mms };
        var offer = Market.OfferOf(address, kind);
        return number with { Type = offer.Word, Capabilities = offer.Capabilities, Address = offer.Address };
    }

    internal Table<PhoneNumber> Numbers(AccountSid account) => World.Store.Table(NumbersTable, account);

    internal PostalAddress? FindAddress(AccountSid account, string sid) => World.Store.Table(PostalAddress.Table, account).Find(sid);

    internal Table<PhoneNumber> ShortCodes(AccountSid account) => World.Store.Table(ShortCodesTable, account);

    internal void Put(PhoneNumber number, EntryKind kind, long cause)
    {
        World.Store.Put(TableOf(number), number.Account, number, kind, cause);
        if (!_byAddress.ContainsKey(number.Number)) _exchange.AddNumber(number.Number);
        _byAddress[number.Number] = number;
    }

    /// <summary>Lets a number go; the address is the carrier's again.</summary>
    internal void Release(PhoneNumber number, long cause)
    {
        World.Store.Remove(TableOf(number), number.Account, number.Sid, NumberEntries.Released, cause);
        _byAddress.Remove(number.Number);
        _exchange.RemoveNumber(number.Number);
    }

    /// <summary>Moves a number to another account, as it is.</summary>
    internal PhoneNumber Transfer(PhoneNumber number, AccountSid to, long cause)
    {
        var gone = World.Store.Remove(TableOf(number), number.Account, number.Sid, NumberEntries.Transferred, cause)!;
        var moved = number with { Account = to, DateUpdated = World.Clock.GetUtcNow() };
        Put(moved, NumberEntries.Received, gone.Seq);
        return moved;
    }

    private void ReleaseAll(AccountSid account, long cause)
    {
        foreach (var number in Numbers(account).OldestFirst().Concat(ShortCodes(account).OldestFirst()).ToList()) Release(number, cause);
    }

    private static TableKey<PhoneNumber> TableOf(PhoneNumber number) =>
        number.Kind == NumberKind.ShortCode ? ShortCodesTable : NumbersTable;
}
