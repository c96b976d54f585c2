using System.Text.Json;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Whether a day's file is made when the day is over. The key is the resource type.</summary>
/// <remarks>twilio.com/docs/usage/bulkexport/exportconfiguration. On from the start, as in the document's own example (inferred).</remarks>
internal sealed record ExportConfiguration(string Key) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ExportConfiguration> Form = new("export_configuration", static (r, m) => new ExportConfiguration(
        m.Text("resource_type", r?.Key))
    {
        IsEnabled = m.Flag("enabled", r?.IsEnabled),
        WebhookUrl = m.Text("webhook_url", r?.WebhookUrl),
        WebhookMethod = m.Text("webhook_method", r?.WebhookMethod),
    });

    public static readonly TableKey<ExportConfiguration> Table = new("export_configurations", Form);

    public bool IsEnabled { get; init; } = true;

    public string WebhookUrl { get; init; } = "";

    public string WebhookMethod { get; init; } = "";

    public bool IsSettled => false;

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "enabled": to.Write(IsEnabled); break;
            case "webhook_url": to.Write(WebhookUrl); break;
            case "webhook_method": to.Write(WebhookMethod); break;
            case "resource_type": to.Write(Key); break;
            case "url": to.Write($"{to.BaseUrl}/v1/Exports/{Key}/Configuration"); break;
        }
    }

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("resource_type", Key);
        json.WriteBoolean("enabled", IsEnabled);
        json.WriteString("webhook_url", WebhookUrl);
        json.WriteString("webhook_method", WebhookMethod);
    }
}

/// <summary>What there is to export of one type (twilio.com/docs/usage/bulkexport).</summary>
internal sealed class ExportFace(string resourceType) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        var url = $"{to.BaseUrl}/v1/Exports/{resourceType}";
        switch (property)
        {
            case "resource_type": to.Write(resourceType); break;
            case "url": to.Write(url); break;
            case "links":
                to.WriteLinks(("days", url + "/Days"), ("export_custom_jobs", url + "/Jobs"), ("jobs", $"{to.BaseUrl}/v1/Exports/Jobs"));
                break;
        }
    }
}
