using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads channel senders and content templates.</summary>
internal static class ChannelReader
{
    private static readonly string[] Approvals = ["unsubmitted", "received", "pending", "approved", "rejected", "paused", "disabled"];

    internal static Settings<ChannelSenderConfig> SenderRows { get; } = new Settings<ChannelSenderConfig>()
        .Need(
            "sender", "`whatsapp:+14155238886`, `rcs:acme_agent`, `messenger:PAGE_ID`", "needed",
            SenderFault, static (c, v) => c with { Sender = v })
        .Text(
            "sid", "XE and 32 hex digits", "minted unless told",
            static s =>
                SidMint.IsSid(s, "XE") ? null : $"\"{s}\" is not the SID of a sender: XE and 32 hex digits",
                static (c, v) => c with { Sid = v })
        .Text("account", "SID or name", "whose (the first account's)", Words.NonEmpty, static (c, v) => c with { Account = v })
        .Text("name", "text", "as people see it", Words.NonEmpty, static (c, v) => c with { Name = v })
        .Text(
            "join", "text", "makes it a sandbox: a phone texts `join CODE` before it is written to",
            Words.NonEmpty, static (c, v) => c with { Join = v })
        .Text("callback_url", "URL", "asked when something comes in", Words.Url, static (c, v) => c with { CallbackUrl = v })
        .Text("fallback_url", "URL", "asked when that fails", Words.Url, static (c, v) => c with { FallbackUrl = v })
        .Text(
            "status_callback_url", "URL", "told of messages that name no callback of their own",
            Words.Url, static (c, v) => c with { StatusCallbackUrl = v });

    internal static Settings<TemplateConfig> TemplateRows { get; } = new Settings<TemplateConfig>()
        .Need("friendly_name", "text", "needed", Words.FriendlyName, static (c, v) => c with { FriendlyName = v })
        .Add(
            "types", "mapping", "as the Content API takes it: `twilio/text: { body: ... }`; needed",
            static (c, fields, key) => fields.Need(key) ? c with { Types = Json(fields, key) } : c)
        .Text(
            "sid", "HX and 32 hex digits", "minted unless told",
            static s =>
                SidMint.IsSid(s, "HX") ? null : $"\"{s}\" is not the SID of a template: HX and 32 hex digits",
                static (c, v) => c with { Sid = v })
        .Text("account", "SID or name", "whose (the first account's)", Words.NonEmpty, static (c, v) => c with { Account = v })
        .Text("language", "text", "en", Words.NonEmpty, static (c, v) => c with { Language = v })
        .Add(
            "variables", "mapping", "values where a message gives none",
            static (c, fields, key) => c with { Variables = Json(fields, key) })
        .Text(
            "approval", "unsubmitted, received, pending, approved, rejected, paused or disabled", "WhatsApp's word on it",
            static a =>
                Approvals.Contains(a) ? null : $"\"{a}\" is not {string.Join(", ", Approvals)}", static (c, v) => c with { Approval = v });

    public static IReadOnlyList<ChannelSenderConfig> ReadSenders(Fields fields, string key) =>
        SenderRows.ReadAll(fields, key, new ChannelSenderConfig(""));

    public static IReadOnlyList<TemplateConfig> ReadTemplates(Fields fields, string key) =>
        TemplateRows.ReadAll(fields, key, new TemplateConfig("", default));

    private static JsonElement Json(Fields fields, string key)
    {
        if (fields.Take(key) is not { } node) return default;
        if (node is not Node.Mapping) fields.Fault(key, $"{fields.PathOf(key)} must be a mapping, as the Content API takes it");
        return NodeJson.ToElement(node, typed: true);
    }

    private static string? SenderFault(string sender) => ChannelAddress.ChannelOf(sender) is not null
        ? Words.TextAddress(sender)
        : $"\"{sender}\" is not whatsapp: and a phone number, rcs: and an agent, nor messenger: and a page";
}
