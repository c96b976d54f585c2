using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads channel senders and content templates.</summary>
internal static class ChannelReader
{
    private static readonly string[] Approvals = ["unsubmitted", "received", "pending", "approved", "rejected", "paused", "disabled"];

    public static List<ChannelSenderConfig> ReadSenders(Fields fields)
    {
        var senders = new List<ChannelSenderConfig>();
        foreach (var (item, path) in fields.List("channel_senders"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } sender) continue;
            senders.Add(new ChannelSenderConfig(sender.NeedText("sender", SenderFault))
            {
                Sid = sender.Text("sid", s => SidMint.IsSid(s, "XE") ? null : $"\"{s}\" is not the SID of a sender: XE and 32 hex digits"),
                Account = sender.Text("account", Words.NonEmpty),
                Name = sender.Text("name", Words.NonEmpty),
                Join = sender.Text("join", Words.NonEmpty),
                CallbackUrl = sender.Text("callback_url", Words.Url),
                FallbackUrl = sender.Text("fallback_url", Words.Url),
                StatusCallbackUrl = sender.Text("status_callback_url", Words.Url),
            });
            sender.End();
        }
        return senders;
    }

    public static List<TemplateConfig> ReadTemplates(Fields fields)
    {
        var templates = new List<TemplateConfig>();
        foreach (var (item, path) in fields.List("content_templates"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } template) continue;
            template.Need("types");
            templates.Add(new TemplateConfig(template.NeedText("friendly_name", Words.FriendlyName), Json(template, "types"))
            {
                Sid = template.Text("sid", s => SidMint.IsSid(s, "HX") ? null : $"\"{s}\" is not the SID of a template: HX and 32 hex digits"),
                Account = template.Text("account", Words.NonEmpty),
                Language = template.Text("language", Words.NonEmpty) ?? "en",
                Variables = Json(template, "variables"),
                Approval = template.Text("approval", a => Approvals.Contains(a) ? null : $"\"{a}\" is not {string.Join(", ", Approvals)}"),
            });
            template.End();
        }
        return templates;
    }

    private static JsonElement Json(Fields fields, string key)
    {
        if (fields.Take(key) is not { } node) return default;
        if (node is not Node.Mapping) fields.Fault(key, $"{fields.PathOf(key)} must be a mapping, as the Content API takes it");
        return NodeJson.ToElement(node, typed: true);
    }

    private static string? SenderFault(string sender) => ChannelAddress.ChannelOf(sender) is ChannelAddress.WhatsApp or ChannelAddress.Rcs
        ? Words.TextAddress(sender)
        : $"\"{sender}\" is not whatsapp: and a phone number, nor rcs: and an agent";
}
