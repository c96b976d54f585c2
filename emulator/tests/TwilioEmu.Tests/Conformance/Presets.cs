using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Conformance;

/// <summary>
/// What a valid request needs that its document does not say: the world it is made in, and parameters that depend on others.
/// </summary>
internal static class Presets
{
    private const string ConnectApp = "CN00000000000000000000000000000001";
    // Names of domains and addresses are taken once.
    private static int _count;

    public const string ClientId = "OQ00000000000000000000000000000001";
    public const string ClientSecret = "0000000000000000000000000000000000000000000000000000000000000001";

    public static WorldConfig Config { get; } = new()
    {
        // Every operation answers, also those that lack what they are for.
        Options = ServeOptions.None.With(WorldSettings.StoresUnbuilt, true),
        Accounts =
        [
            new AccountSpec
            {
                Sid = new(Surveyor.Account),
                AuthToken = Surveyor.Token,
                ConnectApps = [new(ConnectApp, AccountSid.None), new(ConnectApp[..^1] + "2", AccountSid.None) { IsAuthorization = true }],
                OAuthApps = [new() { ClientId = ClientId, ClientSecret = ClientSecret, FriendlyName = "app" }],
            },
        ],
        Numbers = [new PhoneNumberSpec { Number = "+14155550100" }, new PhoneNumberSpec { Number = "12345", Kind = NumberKind.ShortCode }],
        CallerIds = [new CallerIdConfig("+14155550177", null)],
        // Media are fetched.
        App = new AppConfig
        {
            Pages =
            [
                new AppPage(
                    new Uri($"http://{AppConfig.Host}/picture.png"),
                    [new AppChoice(new Dictionary<string, string>(), [new AppReply(200, "image/png", "a picture", TimeSpan.Zero)])]),
            ],
        },
    };

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
        ["Day"] = "2026-01-05",
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
        (true, "CreateMessage") =>
            Pairs(
                "From", "+14155550100", "To", "+14155550199", "Body", "hello", "ProvideFeedback", "true", "MediaUrl",
                $"http://{AppConfig.Host}/picture.png"),
        (true, "CreateCall") =>
            Pairs(
                "From", "+14155550100", "To", "+14155550199", "Twiml", "<Response><Pause length='60'/></Response>", "StatusCallback",
                $"http://{AppConfig.Host}/nowhere", "StatusCallbackEvent", "initiated"),
        (true, "CreateIncomingPhoneNumber") => Pairs("AreaCode", "415"),
        (true, "CreateIncomingPhoneNumberTollFree") => Pairs("PhoneNumber", "+18005550177"),
        (true, "CreateIncomingPhoneNumberMobile") => Pairs("PhoneNumber", "+447400555017"),
        (true, "CreateAddress") =>
            Pairs("Street", "375 Beale St", "City", "San Francisco", "Region", "CA", "PostalCode", "94105", "IsoCountry", "US"),
        (true, "CreateSipDomain") => Pairs("DomainName", $"survey{Interlocked.Increment(ref _count)}.sip.twilio.com"),
        (false, "CreateTrunk" or "UpdateTrunk") => Pairs("DomainName", $"survey{Interlocked.Increment(ref _count)}.pstn.twilio.com"),
        (false, "CreateOriginationUrl" or "UpdateOriginationUrl") => Pairs("SipUrl", "sip:pbx.example.com"),
        (true, "UpdateSipDomain") => Pairs("VoiceMethod", "GET"),
        (true, "CreateSipCredential" or "UpdateSipCredential") => Pairs("Password", "Correct1Horse2Battery"),
        (true, "CreateSipIpAddress") => Pairs("IpAddress", $"10.0.0.{Interlocked.Increment(ref _count) % 256}"),
        (true, "UpdateMessage") => Pairs("Body", ""),
        (true, "UpdateCall") => Pairs("Status", "completed"),
        (true, "CreateUsageTrigger") => Pairs("UsageCategory", "sms", "TriggerValue", "10"),
        (true, "CreateValidationRequest") => Pairs("PhoneNumber", "+14155550178"),
        (false, "CreateNewKey") => Pairs("AccountSid", Surveyor.Account),
        (false, "CreateToken") when operation.Document == "oauth_v1" =>
            Pairs("GrantType", "client_credentials", "ClientId", ClientId, "ClientSecret", ClientSecret),
        (false, "CreateToken" or "CreateOauth2Token") =>
            Pairs("grant_type", "client_credentials", "client_id", ClientId, "client_secret", ClientSecret),
        (false, "CreateDialingPermissionsCountryBulkUpdate") =>
            Pairs("UpdateRequest", """[{"iso_code":"GB","low_risk_numbers_enabled":"true"}]"""),
        (false, "CreateExportCustomJob") => Pairs("StartDay", "2026-01-01", "EndDay", "2026-01-02"),
        // Somebody must come in; nobody is kept from coming twice by a group's own number.
        (false, "CreateConversationParticipant" or "CreateServiceConversationParticipant") =>
            Pairs("MessagingBinding.ProjectedAddress", "+14155550100"),
        (false, "CreateConfigurationAddress") => Pairs("Type", "sms", "Address", "+14155550100"),
        (false, "CreateConversationMessage" or "CreateServiceConversationMessage") => Pairs("Body", "hello"),
        // A change of nothing, and a webhook without a URL, are refused.
        (
            false,
            "UpdateConversation" or "UpdateServiceConversation" or "UpdateUser" or "UpdateServiceUser") when operation.Document == "conversations_v1" =>
            Pairs("FriendlyName", "changed"),
        (false, "UpdateConversationParticipant" or "UpdateServiceConversationParticipant") => Pairs("Attributes", "{}"),
        (false, "UpdateConversationMessage" or "UpdateServiceConversationMessage") => Pairs("Body", "changed"),
        (false, "CreateConversationScopedWebhook" or "CreateServiceConversationScopedWebhook") =>
            Pairs("Configuration.Url", "https://example.com/hook"),
        (false, "CreateService") when operation.Document == "messaging_v1" => Pairs("Usecase", "notifications"),
        (false, "CreateVerification") => Pairs("Channel", "sms", "To", "+14155550199"),
        (false, "CreateVerificationCheck") => Pairs("To", "+14155550199", "Code", "123456"),
        (false, "CreateEntity" or "CreateAccessToken") when operation.Document == "verify_v2" => Pairs("Identity", "ann-0001"),
        (false, "CreatePhoneNumber") when operation.Document == "proxy_v1" => Pairs("PhoneNumber", "+14155550100"),
        (false, "CreateParticipant") when operation.Document == "proxy_v1" => Pairs("Identifier", "+14155550199"),
        (false, "CreateMessageInteraction") => Pairs("Body", "hello"),
        (false, "UpdateMessagingGeopermissions") => Pairs("Permissions", """{"country_code":"GB","type":"country","enabled":true}"""),
        (false, "CreateSink") => Pairs("SinkType", "kinesis", "SinkConfiguration", """{"arn":"a","role_arn":"b","external_id":"c"}"""),
        (false, "CreateSubscribedEvent") => Pairs("Type", "com.twilio.messaging.message.delivered"),
        (false, "CreateSafelist") when operation.Path == "/v1/SafeList/Numbers" => Pairs("PhoneNumber", "+14155550123"),
        (false, "CreateNewFactor") => Pairs("FactorType", "totp"),
        _ => [],
    };

    /// <summary>Members of a JSON body, as JSON.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> JsonOf(Operation operation) => operation.Id switch
    {
        "CreateOauthAppAccount" => Pairs("friendly_name", "\"app\""),
        "CreateContent" or "UpdateContent" =>
            Pairs("types", """{"twilio/text":{"body":"Hello {{1}}, all"}}""", "variables", """{"1":"Ann"}"""),
        "CreateApprovalCreate" => Pairs("name", "\"survey\"", "category", "\"UTILITY\""),
        "CreateChannelsSender" => Pairs("sender_id", $"\"rcs:survey{Interlocked.Increment(ref _count)}\""),
        "CreateBulkLookup" => Pairs("phone_numbers", """[{"phone_number":"+14155550123"}]"""),
        "UpdateLookupRateLimit" => Pairs("limit", "10", "ttl", "60"),
        "CreateLookupPhoneNumberOverrides" or "UpdateLookupPhoneNumberOverrides" => Pairs("line_type", "\"mobile\"", "reason", "\"it is\""),
        _ => [],
    };

    /// <summary>Parameters of the query.</summary>
    public static IReadOnlyDictionary<string, string> Query { get; } = new Dictionary<string, string>
    {
        ["ListGetKeys/AccountSid"] = Surveyor.Account,
        ["FetchDeactivation/Date"] = "2026-01-04",
        // Which of the safe numbers: no key of the path's tells.
        ["FetchSafelist/PhoneNumber"] = "%2B14155550123",
        ["DeleteSafelist/PhoneNumber"] = "%2B14155550123",
    };

    /// <summary>Where what is asked for is sold.</summary>
    public static IReadOnlyDictionary<string, string> Countries { get; } = new Dictionary<string, string>
    {
        ["ListAvailablePhoneNumberMobile"] = "GB",
        ["ListAvailablePhoneNumberNational"] = "GB",
        ["ListAvailablePhoneNumberSharedCost"] = "GB",
        ["ListAvailablePhoneNumberMachineToMachine"] = "NL",
    };

    /// <summary>Things that are made on another path than they are fetched on.</summary>
    public static IReadOnlyDictionary<string, (string Collection, string Path)> MadeAt { get; } = new Dictionary<string, (string, string)>
    {
        ["/v1/Exports/Jobs"] = ("/v1/Exports/{ResourceType}/Jobs", "/v1/Exports/Messages/Jobs"),
    };

    /// <summary>What must have been asked before, on the same path or its own.</summary>
    public static IReadOnlyDictionary<string, string> Before { get; } = new Dictionary<string, string>
    {
        ["UpdateAuthTokenPromotion"] = "CreateSecondaryAuthToken",
        ["DeleteSecondaryAuthToken"] = "CreateSecondaryAuthToken",
        ["DeleteCall"] = "UpdateCall",
        ["FetchSafelist"] = "CreateSafelist",
        ["DeleteSafelist"] = "CreateSafelist",
        ["CreateVerificationCheck"] = "CreateVerification",
        ["CreateParticipant"] = "CreatePhoneNumber",
        ["FetchLookupRateLimit"] = "UpdateLookupRateLimit",
        ["DeleteLookupRateLimit"] = "UpdateLookupRateLimit",
        ["FetchLookupPhoneNumberOverrides"] = "CreateLookupPhoneNumberOverrides",
        ["DeleteLookupPhoneNumberOverrides"] = "CreateLookupPhoneNumberOverrides",
    };

    private static KeyValuePair<string, string>[] Pairs(params string[] words) =>
    [
        .. words.Chunk(2).Select(w => KeyValuePair.Create(w[0], w[1])),
    ];
}
