using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>Buys, shows, configures, moves and releases numbers (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).</summary>
/// <remarks>
/// Loop-confined. Any valid number that nobody owns may be bought, in stock or not: what the live stock holds today cannot be
/// known, and tests like to name their numbers.
/// </remarks>
internal sealed class IncomingNumberOperations(NumberBook book)
{
    private readonly NumberReferences _references = new(book);

    private const string AnyType = "";

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateIncomingPhoneNumber", request => Buy(request, AnyType)),
        ("CreateIncomingPhoneNumberLocal", request => Buy(request, "local")),
        ("CreateIncomingPhoneNumberMobile", request => Buy(request, "mobile")),
        ("CreateIncomingPhoneNumberTollFree", request => Buy(request, "tollfree")),
        ("ListIncomingPhoneNumber", request => List(request, AnyType)),
        ("ListIncomingPhoneNumberLocal", request => List(request, "local")),
        ("ListIncomingPhoneNumberMobile", request => List(request, "mobile")),
        ("ListIncomingPhoneNumberTollFree", request => List(request, "tollfree")),
        ("FetchIncomingPhoneNumber", Fetch),
        ("UpdateIncomingPhoneNumber", Update),
        ("DeleteIncomingPhoneNumber", Release),
    ];

    private Answer Buy(RestRequest request, string type)
    {
        var account = book.Accounts.Find(request.Account)!;
        if (account.IsTrial && book.Numbers(request.Account).Count > 0) return Refuse(21404);
        var address = request.Principal.IsTest ? TestAddress(request.Form, out var refusal) : Address(request.Form, type, out refusal);
        if (address is null) return new Answer.Refusal(refusal!);
        var number = book.New(request.Account, address, NumberKinds.Of(address));
        if (type != AnyType && number.Type != type) return Refuse(21458);
        number = NumberSettings.Apply(number, request.Form, out refusal);
        if (number is null) return new Answer.Refusal(refusal!);
        // Test credentials keep nothing, and look at nothing that is kept.
        if (request.Principal.IsTest) return Answer.Of(number);
        if (_references.Find(number, request.Form, isNew: true) is { } missing) return new Answer.Refusal(missing);
        book.Put(number, NumberEntries.Bought, request.Cause);
        if (number is { Address: not AddressRequirement.None, BundleSid: null }) WarnOfBundle(request, number);
        return Answer.Of(number);
    }

    /// <summary>The number asked for, or the first of the area code that is free.</summary>
    private string? Address(FormValues form, string type, out TwilioError? refusal)
    {
        refusal = null;
        var (wanted, areaCode) = (form["PhoneNumber"], form["AreaCode"]);
        if (type != AnyType && !string.IsNullOrEmpty(areaCode))
        {
            refusal = ErrorCodes.Error(21457);
        }
        else if (!string.IsNullOrEmpty(wanted))
        {
            // Ranges nobody was given yet pass: tests love 555.
            if (!E164.TryNormalize(wanted, out var address) || !NumberPlans.Parse(address, null).IsPossible)
            {
                refusal = ErrorCodes.Error(21421, $"{wanted} is not a valid number");
            }
            else if (book.Find(address) is not null)
            {
                refusal = ErrorCodes.Error(21422, $"{address} is not available");
            }
            else
            {
                return address;
            }
        }
        else if (string.IsNullOrEmpty(areaCode))
        {
            // Code and words as a live account met them (github.com/twilio/twilio-cli/issues/98).
            refusal = type == AnyType
                ? TwilioError.BadRequest(400, "did or area_code is required")
                : ErrorCodes.Error(21421, "PhoneNumber is required");
        }
        else if (!IsAreaCode(areaCode))
        {
            refusal = ErrorCodes.Error(21451);
        }
        else
        {
            foreach (var country in Market.Countries.Where(c => c.HasAreas))
            {
                var local = country.Offers.First(o => o.Type == "Local");
                if (book.Stock.Of(local, areaCode).FirstOrDefault(n => book.Find(n.Number) is null) is { } free) return free.Number;
            }
            refusal = ErrorCodes.Error(21452, "No phone numbers found");
        }
        return null;
    }

    /// <summary>Of the United States or Canada, or toll-free (twilio.com/docs/api/errors/21451).</summary>
    private static bool IsAreaCode(string text) =>
        text.Length == 3 && (AreaPlan.Find(text) is not null || NumberKinds.Of($"+1{text}2345678") == NumberKind.TollFree);

    /// <summary>The magic inputs of test credentials (twilio.com/docs/iam/test-credentials).</summary>
    private static string? TestAddress(FormValues form, out TwilioError? refusal)
    {
        const string magic = "+15005550006";
        refusal = null;
        if (form["PhoneNumber"] is { Length: > 0 } wanted)
        {
            _ = E164.TryNormalize(wanted, out var address);
            if (address == magic) return magic;
            refusal = address == "+15005550000"
                ? ErrorCodes.Error(21422, $"{address} is not available")
                : ErrorCodes.Error(21421, $"{wanted} is not a valid number");
            return null;
        }
        if (form["AreaCode"] == "500") return magic;
        refusal = form["AreaCode"] is { Length: > 0 }
            ? ErrorCodes.Error(21452, "No phone numbers found")
            : ErrorCodes.Error(21421, "A PhoneNumber or an AreaCode is required");
        return null;
    }

    private Answer List(RestRequest request, string type)
    {
        var query = request.Query;
        var (name, origin, pattern) = (query["FriendlyName"], query["Origin"], query["PhoneNumber"]);
        return new Answer.List(after => book.Numbers(request.Account).NewestFirst(after)
            .Where(n => (type == AnyType || n.Type == type)
                && (string.IsNullOrEmpty(name) || n.FriendlyName == name)
                && (string.IsNullOrEmpty(pattern) || ContainsPattern(n.Number, pattern))
                && (string.IsNullOrEmpty(origin) || origin == "twilio"))
            .Select(n => (n.Sid, (IFace)n)));
    }

    /// <summary>A part of the number, <c>*</c> for any digit; how it is punctuated does not matter.</summary>
    private static bool ContainsPattern(string number, string pattern)
    {
        var wanted = new string([.. pattern.Where(c => char.IsAsciiDigit(c) || c == '*')]);
        for (var start = 0; start + wanted.Length <= number.Length; start++)
        {
            var i = 0;
            while (i < wanted.Length && (wanted[i] == number[start + i] || (wanted[i] == '*' && char.IsAsciiDigit(number[start + i])))) i++;
            if (i == wanted.Length) return true;
        }
        return false;
    }

    private Answer Fetch(RestRequest request) =>
        book.Numbers(request.Account).Find(request.PathValues["Sid"]) is { } number ? Answer.Of(number) : Answer.NotFound(request);

    private Answer Update(RestRequest request)
    {
        if (book.Numbers(request.Account).Find(request.PathValues["Sid"]) is not { } number) return Answer.NotFound(request);
        var updated = NumberSettings.Apply(number, request.Form, out var refusal);
        if (updated is null) return new Answer.Refusal(refusal!);
        var target = request.Form["AccountSid"] is { Length: > 0 } to && to != number.Account.Value ? to : null;
        if (target is not null)
        {
            if (RefusalToMove(request, number, target) is { } no) return new Answer.Refusal(no);
            updated = Moved(updated, request.Form, new AccountSid(target));
        }
        if (_references.Find(updated, request.Form, isNew: target is not null) is { } missing) return new Answer.Refusal(missing);
        updated = updated with { DateUpdated = book.World.Clock.GetUtcNow(), Account = number.Account };
        book.Put(updated, NumberEntries.Updated, request.Cause);
        return Answer.Of(target is null ? updated : book.Transfer(updated, new AccountSid(target), request.Cause));
    }

    /// <summary>Numbers move between related accounts, by the parent's hand (twilio.com/docs/iam/api/subaccounts).</summary>
    private TwilioError? RefusalToMove(RestRequest request, PhoneNumber number, string target)
    {
        if (!SidMint.IsSid(target, "AC")) return ErrorCodes.Error(21470);
        if (book.Accounts.Find(new AccountSid(target)) is not { } to) return ErrorCodes.Error(21471);
        var from = book.Accounts.Find(number.Account)!;
        if (to.Owner != from.Owner) return ErrorCodes.Error(21473);
        if (to.Status != AccountStatus.Active) return ErrorCodes.Error(21472);
        return request.Principal.Account == from.Owner ? null : ErrorCodes.Error(21474);
    }

    /// <summary>
    /// What the old account keeps stays behind: its addresses, applications and trunk (inferred; they could not be reached any more).
    /// </summary>
    private static PhoneNumber Moved(PhoneNumber number, FormValues form, AccountSid to) => number with
    {
        Account = to,
        AddressSid = form.Has("AddressSid") ? number.AddressSid : null,
        EmergencyAddressSid = form.Has("EmergencyAddressSid") ? number.EmergencyAddressSid : null,
        SmsApplicationSid = form.Has("SmsApplicationSid") ? number.SmsApplicationSid : "",
        VoiceApplicationSid = form.Has("VoiceApplicationSid") ? number.VoiceApplicationSid : "",
        TrunkSid = form.Has("TrunkSid") ? number.TrunkSid : null,
        BundleSid = form.Has("BundleSid") ? number.BundleSid : null,
    };

    private void WarnOfBundle(RestRequest request, PhoneNumber number) => book.World.Journal.Warn(
        request.Account, request.Path, request.Cause,
        $"{number.Number}: the live service may ask for a bundle here (21649); the emulator does not");

    private Answer Release(RestRequest request)
    {
        if (book.Numbers(request.Account).Find(request.PathValues["Sid"]) is not { } number) return Answer.NotFound(request);
        // An emergency address must be taken off first (support.twilio.com: cancel or release a number; code inferred).
        if (number.EmergencyAddressSid is { } emergency)
        {
            return new Answer.Refusal(ErrorCodes.Error(
                20409, $"{number.Number} has the emergency address {emergency}: remove it before the number is released"));
        }
        book.Release(number, request.Cause);
        return new Answer.NoContent();
    }

    private static Answer.Refusal Refuse(int code) => new(ErrorCodes.Error(code));
}
