using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Composition;

/// <summary>Brings the Messaging Services a config names into a new house.</summary>
internal static class ServiceSetup
{
    /// <exception cref="ConfigFault">A sender is none of the account's.</exception>
    public static void Apply(House house, AccountSid account, ServiceConfig config, string path)
    {
        var service = config.Sid ?? house.World.Sids.New("MG");
        Plant(house, account, $"/v1/Services/{service}", path, json =>
        {
            json.WriteString("sid", service);
            json.WriteString("account_sid", account.Value);
            json.WriteString("friendly_name", config.FriendlyName);
            json.WriteString("inbound_request_url", config.InboundRequestUrl);
            json.WriteString("inbound_method", "POST");
            json.WriteString("fallback_url", config.FallbackUrl);
            json.WriteString("fallback_method", "POST");
            json.WriteString("status_callback", config.StatusCallback);
            json.WriteBoolean("sticky_sender", config.IsSticky);
            json.WriteBoolean("area_code_geomatch", config.MatchesAreaCode);
            json.WriteBoolean("smart_encoding", config.IsSmartEncoded);
            json.WriteBoolean("mms_converter", config.ConvertsMedia);
            json.WriteBoolean("use_inbound_webhook_on_number", config.UsesNumbersWebhook);
            json.WriteNumber("validity_period", (long)(config.Validity ?? TimeSpan.FromHours(10)).TotalSeconds);
            json.WriteString("usecase", "undeclared");
        });
        for (var i = 0; i < config.Senders.Count; i++) AddSender(house, account, service, config.Senders[i], $"{path}.senders[{i}]");
        if (config.OptOut.Count > 0) house.SetOptOut(account, service, config.OptOut);
    }

    private static void AddSender(House house, AccountSid account, string service, string sender, string path)
    {
        if (ChannelAddress.ChannelOf(sender) is not null)
        {
            var channel = house.Messaging.ChannelSidOf(account, sender)
                ?? throw new ConfigFault(path, $"{sender} is no channel sender of the account: add it under channel_senders:");
            Plant(
                house, account, $"/v1/Services/{service}/ChannelSenders/{channel}", path,
                json => Describe(json, account, service, channel, "sender", sender, null));
            return;
        }
        if (Words.NumberOrShortCode(sender) is not null)
        {
            if (Words.Address(sender) is { } wrong) throw new ConfigFault(path, wrong);
            var sid = house.World.Sids.New("AI");
            Plant(
                house, account, $"/v1/Services/{service}/AlphaSenders/{sid}", path,
                json => Describe(json, account, service, sid, "alpha_sender", sender, null));
            return;
        }
        if (house.Numbers.Find(sender) is not { } number || number.Account != account)
        {
            throw new ConfigFault(path, $"{sender} is no number of the account: add it under numbers:");
        }
        var (list, property) = number.Kind == NumberKind.ShortCode ? ("ShortCodes", "short_code") : ("PhoneNumbers", "phone_number");
        Plant(
            house, account, $"/v1/Services/{service}/{list}/{number.Sid}", path,
            json => Describe(json, account, service, number.Sid, property, sender, NumberPlace.Of(sender).Country));
    }

    private static void Describe(
        Utf8JsonWriter json, AccountSid account, string service, string sid, string property, string sender, string? country)
    {
        json.WriteString("sid", sid);
        json.WriteString("account_sid", account.Value);
        json.WriteString("service_sid", service);
        json.WriteString(property, sender);
        if (country is not null) json.WriteString("country_code", country);
    }

    private static void Plant(House house, AccountSid account, string resource, string path, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        using var parsed = JsonDocument.Parse(bytes.ToArray());
        if (house.PutResource(account, "messaging", resource, parsed.RootElement) is var (status, message))
        {
            throw new ConfigFault(path, string.Create(CultureInfo.InvariantCulture, $"{message} ({status})"));
        }
    }
}
