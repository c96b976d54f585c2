using System.Collections.Frozen;
using System.Globalization;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Callbacks;

/// <summary>The parameters that go with every request about a call.</summary>
/// <remarks>
/// twilio.com/docs/voice/twiml (request parameters), in its order. Places are told of phone numbers only, empty where they are not known.
/// </remarks>
internal static class CallParameters
{
    private static readonly string[] Parties = ["From", "To", "Caller", "Called"];

    private static readonly FrozenSet<string> Names =
        new[]
        {
            "CallSid", "AccountSid", "From", "To", "CallStatus", "ApiVersion", "Direction", "Caller", "Called", "ParentCallSid",
            "ApplicationSid", "ForwardedFrom", "CalledVia", "StirVerstat",
        }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a parameter that says which call it is: nobody else's of that name goes beside it.</summary>
    public static bool IsStandard(string name) => Names.Contains(name);

    /// <summary>Which call it is and how it stands: the first of the standard ones, and all that some callbacks have.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Head(Call call) =>
    [
        new("CallSid", call.Sid),
        new("AccountSid", call.Account.Value),
        new("From", call.From),
        new("To", call.To),
        new("CallStatus", call.Status.Word()),
        new("ApiVersion", "2010-04-01"),
        new("Direction", call.Direction.Word()),
    ];

    public static List<KeyValuePair<string, string>> Standard(Call call)
    {
        var parameters = new List<KeyValuePair<string, string>>(32);
        parameters.AddRange(Head(call));
        parameters.Add(new("Caller", call.From));
        parameters.Add(new("Called", call.To));
        if (call.ParentCallSid is { } parent) parameters.Add(new("ParentCallSid", parent));
        if (call.ApplicationSid is { } application) parameters.Add(new("ApplicationSid", application));
        if (call.AnsweredBy is { } answeredBy)
        {
            parameters.Add(new("AnsweredBy", answeredBy));
            parameters.Add(
                new("MachineDetectionDuration", ((long)call.DetectionTime.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
        }
        if (call.CallerName is { } name) parameters.Add(new("CallerName", name));
        if (call.ForwardedFrom is { } first)
        {
            // Both, with one value (captured requests).
            parameters.Add(new("ForwardedFrom", first));
            parameters.Add(new("CalledVia", first));
        }
        if (call.StirVerstat is { } verstat) parameters.Add(new("StirVerstat", verstat));
        foreach (var party in Parties)
        {
            var number = party is "From" or "Caller" ? call.From : call.To;
            if (number is not ['+', ..]) continue;
            var place = NumberPlace.Of(number);
            parameters.Add(new($"{party}City", place.City));
            parameters.Add(new($"{party}State", place.State));
            parameters.Add(new($"{party}Zip", place.Zip));
            parameters.Add(new($"{party}Country", place.Country));
        }
        return parameters;
    }
}
