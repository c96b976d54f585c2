using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers.Addresses;

/// <summary>Keeps addresses and tells which numbers depend on them (twilio.com/docs/usage/api/address).</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class AddressOperations(NumberBook book)
{
    private const int MaxFriendlyName = 64;

    // No limit is documented: a bound against endless texts (inferred).
    private const int MaxText = 255;

    private static readonly string[] Texts = ["CustomerName", "Street", "StreetSecondary", "City", "Region", "PostalCode"];
    private static readonly string[] NeverEmpty = ["CustomerName", "Street", "City", "Region", "PostalCode"];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateAddress", Create),
        ("FetchAddress", Fetch),
        ("ListAddress", List),
        ("UpdateAddress", Update),
        ("DeleteAddress", Delete),
        ("ListDependentPhoneNumber", Dependent),
    ];

    private Answer Create(RestRequest request)
    {
        var form = request.Form;
        if (NumberPlans.FindCountry(form["IsoCountry"]!) is not { } country)
        {
            return Answer.Refuse(20001, $"Invalid IsoCountry: '{form["IsoCountry"]}' is no ISO 3166-1 country code");
        }
        if (FaultOf(form) is { } fault) return new Answer.Refusal(fault);
        var now = book.World.Clock.GetUtcNow();
        var address = new PostalAddress
        {
            Sid = book.World.Sids.New("AD"),
            Account = request.Account,
            DateCreated = now,
            DateUpdated = now,
            CustomerName = form["CustomerName"]!,
            Street = form["Street"]!,
            City = form["City"]!,
            Region = form["Region"]!,
            PostalCode = form["PostalCode"]!,
            IsoCountry = country.IsoCode,
        };
        return Keep(request, WithOptions(address, form), AddressEntries.Created);
    }

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } address) return Answer.NotFound(request);
        var form = request.Form;
        if (FaultOf(form) is { } fault) return new Answer.Refusal(fault);
        foreach (var name in NeverEmpty) if (form[name] is "") return Answer.Refuse(20001, $"Invalid {name}: it must not be empty");
        address = WithOptions(address, form) with
        {
            CustomerName = form["CustomerName"] ?? address.CustomerName,
            Street = form["Street"] ?? address.Street,
            City = form["City"] ?? address.City,
            Region = form["Region"] ?? address.Region,
            PostalCode = form["PostalCode"] ?? address.PostalCode,
            DateUpdated = book.World.Clock.GetUtcNow(),
        };
        return Keep(request, address, AddressEntries.Updated);
    }

    private Answer Fetch(RestRequest request) => Find(request) is { } address ? Answer.Of(address) : Answer.NotFound(request);

    private Answer List(RestRequest request)
    {
        var query = request.Query;
        var (customer, name, country, emergency) = (
            query["CustomerName"], query["FriendlyName"], query["IsoCountry"], query["EmergencyEnabled"]);
        return new Answer.List(after => book.World.Store.Table(PostalAddress.Table, request.Account).NewestFirst(after)
            .Where(a => (string.IsNullOrEmpty(customer) || a.CustomerName == customer)
                && (string.IsNullOrEmpty(name) || a.FriendlyName == name)
                && (string.IsNullOrEmpty(country) || a.IsoCountry.Equals(country, StringComparison.OrdinalIgnoreCase))
                && (string.IsNullOrEmpty(emergency)
                    || a.IsEmergencyEnabled == emergency.Equals("true", StringComparison.OrdinalIgnoreCase)))
            .Select(a => (a.Sid, (IFace)a)));
    }

    /// <summary>An address that a number stands on stays (code inferred; twilio.com/docs/usage/api/address).</summary>
    private Answer Delete(RestRequest request)
    {
        if (Find(request) is not { } address) return Answer.NotFound(request);
        if (Numbers(request.Account, address.Sid, withEmergency: true).FirstOrDefault() is { } number)
        {
            return new Answer.Refusal(ErrorCodes.Error(20409, $"{address.Sid} cannot be deleted: {number.Number} depends on it"));
        }
        book.World.Store.Remove(PostalAddress.Table, request.Account, address.Sid, AddressEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    private Answer Dependent(RestRequest request)
    {
        var sid = request.PathValues["AddressSid"];
        if (book.FindAddress(request.Account, sid) is null) return Answer.NotFound(request);
        return new Answer.List(after =>
            book.Numbers(request.Account).NewestFirst(after)
                .Where(n => n.AddressSid == sid)
                .Select(n => (n.Sid, (IFace)new DependentFace(n))));
    }

    private IEnumerable<PhoneNumber> Numbers(AccountSid account, string address, bool withEmergency) =>
        book.Numbers(account).NewestFirst().Where(n => n.AddressSid == address || (withEmergency && n.EmergencyAddressSid == address));

    private PostalAddress? Find(RestRequest request) => book.FindAddress(request.Account, request.PathValues["Sid"]);

    private Answer Keep(RestRequest request, PostalAddress address, EntryKind kind)
    {
        var mayCorrect = request.Form["AutoCorrectAddress"]?.Equals("false", StringComparison.OrdinalIgnoreCase) != true;
        if (AddressRules.Judge(address, mayCorrect, out var refusal) is not { } kept) return new Answer.Refusal(refusal!);
        book.World.Store.Put(PostalAddress.Table, request.Account, kept, kind, request.Cause);
        return Answer.Of(kept);
    }

    private static PostalAddress WithOptions(PostalAddress address, FormValues form) => address with
    {
        FriendlyName = form["FriendlyName"] ?? address.FriendlyName,
        StreetSecondary = form["StreetSecondary"] ?? address.StreetSecondary,
        IsEmergencyEnabled = form["EmergencyEnabled"] is { Length: > 0 } flag
            ? flag.Equals("true", StringComparison.OrdinalIgnoreCase)
            : address.IsEmergencyEnabled,
    };

    private static TwilioError? FaultOf(FormValues form)
    {
        if (form["FriendlyName"] is { Length: > MaxFriendlyName })
        {
            return ErrorCodes.Error(20002, $"FriendlyName has more than {MaxFriendlyName} characters");
        }
        foreach (var name in Texts)
        {
            if (form[name] is { Length: > MaxText }) return ErrorCodes.Error(20001, $"Invalid {name}: more than {MaxText} characters");
        }
        return null;
    }

    /// <summary>
    /// A number as its address lists it: capabilities in capitals (twilio.com/docs/usage/api/address#read-dependent-phone-numbers).
    /// </summary>
    private sealed class DependentFace(PhoneNumber number) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property != "capabilities")
            {
                PhoneNumberFace.WriteProperty(number, property, to);
                return;
            }
            to.Json.WriteStartObject();
            to.Json.WriteBoolean("Voice", number.IsVoiceCapable);
            to.Json.WriteBoolean("SMS", number.IsSmsCapable);
            to.Json.WriteBoolean("MMS", number.IsMmsCapable);
            to.Json.WriteEndObject();
        }
    }
}
