using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Conformance;

/// <summary>What a valid request needs that its document does not say: the world it is made in, and parameters that depend on others.</summary>
internal static class Presets
{
    public static WorldConfig Config { get; } = new() { Accounts = [new AccountConfig(Surveyor.Account, Surveyor.Token, null)], Numbers = [new NumberConfig { Number = "+14155550100" }, new NumberConfig { Number = "12345", Type = NumberType.ShortCode }] };

    /// <summary>Names that are no SIDs.</summary>
    public static IReadOnlyDictionary<string, string> Natural { get; } = new Dictionary<string, string>
    {
        ["CountryCode"] = "US",
        ["IsoCountry"] = "US",
        ["IsoCode"] = "US",
        ["Country"] = "US",
        ["PhoneNumber"] = "+14155550123",
        ["Number"] = "+14155550123",
        ["DestinationNumber"] = "+14155550123",
        ["Identity"] = "ann",
        ["Day"] = "2026-01-04",
        ["Date"] = "2026-01-04",
        ["ResourceType"] = "Messages",
        ["Field"] = "line_type_intelligence",
        ["Bucket"] = "day",
        ["Key"] = "k",
        ["Index"] = "0",
        ["SipDomain"] = "app.sip.twilio.com",
        ["SipTrunkDomain"] = "app.pstn.twilio.com",
        ["Type"] = "com.twilio.messaging.message.delivered",
        ["Id"] = "Messaging.MessageStatus",
        ["SchemaVersion"] = "1",
        ["Revision"] = "1",
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Of(Operation operation) => (operation.IsClassic, operation.Id) switch
    {
        (true, "CreateMessage") => Pairs("From", "+14155550100", "To", "+14155550199", "Body", "hello", "ProvideFeedback", "true"),
        (true, "CreateCall") => Pairs("From", "+14155550100", "To", "+14155550199", "Twiml", "<Response><Pause length='60'/></Response>"),
        (true, "CreateIncomingPhoneNumber") => Pairs("AreaCode", "415"),
        (true, "UpdateMessage") => Pairs("Body", ""),
        (true, "UpdateCall") => Pairs("Status", "completed"),
        (true, "CreateUsageTrigger") => Pairs("UsageCategory", "sms", "TriggerValue", "10"),
        (true, "CreateValidationRequest") => Pairs("PhoneNumber", "+14155550177"),
        (false, "CreateVerification") => Pairs("Channel", "sms"),
        _ => [],
    };

    private static KeyValuePair<string, string>[] Pairs(params string[] words) => [.. words.Chunk(2).Select(w => KeyValuePair.Create(w[0], w[1]))];
}
