using System.Globalization;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers.CallerIds;

/// <summary>Has caller IDs verified by a call, and shows, names and drops them (twilio.com/docs/voice/api/outgoing-caller-ids).</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class CallerIdOperations(CallerIdBook book)
{
    private const int MaxFriendlyName = 64;
    private const int MaxDelaySeconds = 60;

    // As long as a call's SendDigits may be (inferred).
    private const int MaxExtension = 32;

    private readonly Chance _codes = book.Book.World.KeptChances("caller id codes");

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateValidationRequest", Validate),
        ("FetchOutgoingCallerId", Fetch),
        ("ListOutgoingCallerId", List),
        ("UpdateOutgoingCallerId", Update),
        ("DeleteOutgoingCallerId", Delete),
    ];

    private Answer Validate(RestRequest request)
    {
        var (account, form) = (request.Account, request.Form);
        // 1. The number: one that can be called, and that the account may not show already.
        if (!E164.TryNormalize(form["PhoneNumber"], out var number) || !NumberPlans.Parse(number, null).IsPossible)
        {
            return Answer.Refuse(21401, $"Invalid Phone Number: {form["PhoneNumber"]}");
        }
        if (book.Book.Find(number)?.Account == account)
        {
            return Answer.Refuse(21449, $"{number} already can be used for outgoing calls and messages");
        }
        if (book.IsVerified(account, number)) return Answer.Refuse(21450, $"Phone number is already verified for your account: {number}");

        // 2. How it is to be called.
        if (form["FriendlyName"] is { Length: > MaxFriendlyName }) return TooLong();
        if (Delay(form["CallDelay"]) is not { } delay)
        {
            return Answer.Refuse(21454, $"Invalid CallDelay: '{form["CallDelay"]}' is not 0 to {MaxDelaySeconds} seconds");
        }
        var extension = form["Extension"] ?? "";
        if (extension.Length > MaxExtension || !extension.All(c => char.IsAsciiDigit(c) || c is '*' or '#' or 'w' or 'W' or ','))
        {
            return Answer.Refuse(20001, $"Invalid Extension: '{extension}' is not up to {MaxExtension} keys and pauses");
        }
        var friendlyName = form["FriendlyName"] is { Length: > 0 } name ? name : E164.ToNational(number);
        var code = _codes.Next(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

        // 3. The call, in its own time.
        var call = new CodeCall
        {
            Account = account,
            Number = number,
            Code = code,
            Delay = delay,
            Extension = extension.Replace(',', 'w'),
            StatusCallback = form["StatusCallback"] is { Length: > 0 } url ? url : null,
            StatusCallbackMethod = form["StatusCallbackMethod"] is { Length: > 0 } method ? method.ToUpperInvariant() : "POST",
            Conclude = (isGiven, cause) => Conclude(account, number, friendlyName, isGiven, cause),
            Cause = request.Cause,
        };
        if (book.Caller is not { } caller)
        {
            book.Book.World.Journal.Warn(account, request.Path, request.Cause, $"nothing here can call {number}: it will not be verified");
            return Answer.Of(new ValidationFace(call, friendlyName, null));
        }
        return Answer.Of(new ValidationFace(call, friendlyName, caller.Call(call)));
    }

    /// <summary>What the status callback says besides the call's own parameters.</summary>
    private List<KeyValuePair<string, string>> Conclude(AccountSid account, string number, string friendlyName, bool isGiven, long cause)
    {
        List<KeyValuePair<string, string>> outcome = [new("VerificationStatus", isGiven ? "success" : "failed")];
        if (isGiven) outcome.Add(new("OutgoingCallerIdSid", book.Verify(account, number, friendlyName, cause).Sid));
        return outcome;
    }

    private Answer Fetch(RestRequest request) => Find(request) is { } callerId ? Answer.Of(callerId) : Answer.NotFound(request);

    private Answer List(RestRequest request)
    {
        var (name, wanted) = (request.Query["FriendlyName"], request.Query["PhoneNumber"]);
        if (E164.TryNormalize(wanted, out var e164)) wanted = e164;
        return new Answer.List(after => book.Of(request.Account).NewestFirst(after)
            .Where(c => (string.IsNullOrEmpty(wanted) || c.Number == wanted) && (string.IsNullOrEmpty(name) || c.FriendlyName == name))
            .Select(c => (c.Sid, (IFace)c)));
    }

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } callerId) return Answer.NotFound(request);
        if (request.Form["FriendlyName"] is { Length: > MaxFriendlyName }) return TooLong();
        var world = book.Book.World;
        callerId = callerId with
        {
            FriendlyName = request.Form["FriendlyName"] ?? callerId.FriendlyName,
            DateUpdated = world.Clock.GetUtcNow(),
        };
        world.Store.Put(OutgoingCallerId.Table, request.Account, callerId, CallerIdEntries.Updated, request.Cause);
        return Answer.Of(callerId);
    }

    private Answer Delete(RestRequest request)
    {
        if (Find(request) is not { } callerId) return Answer.NotFound(request);
        book.Book.World.Store.Remove(OutgoingCallerId.Table, request.Account, callerId.Sid, CallerIdEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    private OutgoingCallerId? Find(RestRequest request) => book.Of(request.Account).Find(request.PathValues["Sid"]);

    private static TimeSpan? Delay(string? text) =>
        string.IsNullOrEmpty(text) ? TimeSpan.Zero
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxDelaySeconds
            ? TimeSpan.FromSeconds(seconds)
        : null;

    private static Answer TooLong() => Answer.Refuse(20002, $"FriendlyName has more than {MaxFriendlyName} characters");

    private sealed class ValidationFace(CodeCall call, string friendlyName, string? callSid) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(call.Account.Value); break;
                case "call_sid": to.Write(callSid); break;
                case "friendly_name": to.Write(friendlyName); break;
                case "phone_number": to.Write(call.Number); break;
                case "validation_code": to.Write(call.Code); break;
            }
        }
    }
}
