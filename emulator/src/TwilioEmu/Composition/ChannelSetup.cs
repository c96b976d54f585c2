using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Composition;

/// <summary>Brings the channel senders and content templates a config names into a new house.</summary>
internal static class ChannelSetup
{
    /// <exception cref="ConfigFault">It cannot be.</exception>
    public static void Apply(House house, AccountSid account, ChannelSenderConfig config, string path)
    {
        var sid = config.Sid ?? house.World.Sids.New("XE");
        Plant(house, account, "messaging", $"/v2/Channels/Senders/{sid}", path, new JsonObject
        {
            ["sid"] = sid,
            ["status"] = "ONLINE",
            ["sender_id"] = config.Sender,
            ["webhook"] = new JsonObject
            {
                ["callback_url"] = config.CallbackUrl,
                ["callback_method"] = "POST",
                ["fallback_url"] = config.FallbackUrl,
                ["fallback_method"] = "POST",
                ["status_callback_url"] = config.StatusCallbackUrl,
                ["status_callback_method"] = "POST",
            },
            ["profile"] = new JsonObject { ["name"] = config.Name ?? "TwilioEmu" },
        });
        if (config.Join is not null) house.Messaging.MakeSandbox(account, sid, config.Join);
    }

    /// <exception cref="ConfigFault">It cannot be.</exception>
    public static void Apply(House house, AccountSid account, TemplateConfig config, string path)
    {
        var sid = config.Sid ?? house.World.Sids.New("HX");
        Plant(house, account, "content", $"/v1/Content/{sid}", path, new JsonObject
        {
            ["sid"] = sid,
            ["account_sid"] = account.Value,
            ["friendly_name"] = config.FriendlyName,
            ["language"] = config.Language,
            ["variables"] = NodeOf(config.Variables),
            ["types"] = NodeOf(config.Types),
        });
        if (house.Messaging.FaultOfTemplate(account, sid) is { } fault) throw new ConfigFault(path, fault);
        if (config.Approval is { } approval && approval != "unsubmitted")
        {
            house.Messaging.MoveRegistration(account, sid, approval, null, null);
        }
    }

    private static JsonNode NodeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? JsonObject.Create(element)! : new JsonObject();

    private static void Plant(House house, AccountSid account, string product, string resource, string path, JsonObject properties)
    {
        if (house.PutResource(account, product, resource, JsonText.ElementOf(properties)) is var (status, message))
        {
            throw new ConfigFault(path, $"{message} ({status})");
        }
    }
}
