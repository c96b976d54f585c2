using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.BulkExports;

/// <summary>A custom job: files for a range of days (twilio.com/docs/usage/bulkexport/export-custom-job).</summary>
internal sealed record ExportJob : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ExportJob> Form = new("export_job", static (r, m) => new ExportJob
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        ResourceType = m.Text("resource_type", r?.ResourceType),
        FriendlyName = m.Text("friendly_name", r?.FriendlyName),
        First = m.Day("start_day", r?.First),
        Last = m.Day("end_day", r?.Last),
        WebhookUrl = m.TextOrNull("webhook_url", r?.WebhookUrl),
        WebhookMethod = m.TextOrNull("webhook_method", r?.WebhookMethod),
        Email = m.TextOrNull("email", r?.Email),
        Due = m.Instant("due", r?.Due),
        IsCompleted = m.Flag("completed", r?.IsCompleted),
        Filled = [.. m.List<DateOnly>("filled", r?.Filled, static (d, m) => m.Day("day", d))],
        Position = m.Number("position", r?.Position),
    });

    public static readonly TableKey<ExportJob> Table = new("export_jobs", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string ResourceType { get; init; }

    public required string FriendlyName { get; init; }

    public required DateOnly First { get; init; }

    /// <summary>Included.</summary>
    public required DateOnly Last { get; init; }

    public string? WebhookUrl { get; init; }

    public string? WebhookMethod { get; init; }

    public string? Email { get; init; }

    /// <summary>When it will be, or was, completed.</summary>
    public required DateTimeOffset Due { get; init; }

    public bool IsCompleted { get; init; }

    /// <summary>Days that had records when it was completed.</summary>
    public ImmutableArray<DateOnly> Filled { get; init; } = [];

    /// <summary>Its place in the account's queue, 1 first; filled in by who shows it.</summary>
    public int Position { get; init; }

    public string Key => Sid;

    // Stays until it is deleted; the account's number of jobs is bounded.
    public bool IsSettled => false;

    /// <summary>The state of the whole, in the document's words: that of its first group of days.</summary>
    public string Status => Groups()[0].Status;

    public bool Covers(DateOnly day) => First <= day && day <= Last;

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "resource_type": to.Write(ResourceType); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "start_day": to.Write(ExportDays.Spell(First)); break;
            case "end_day": to.Write(ExportDays.Spell(Last)); break;
            case "webhook_url": to.Write(WebhookUrl); break;
            case "webhook_method": to.Write(WebhookMethod); break;
            case "email": to.Write(Email); break;
            case "job_sid": to.Write(Sid); break;
            case "details": WriteDetails(to.Json); break;
            case "url": to.Write($"{to.BaseUrl}/v1/Exports/Jobs/{Sid}"); break;
            // Of a job that waits no longer there is nothing to tell (inferred).
            case "job_queue_position": if (!IsCompleted) to.Write(Position.ToString(CultureInfo.InvariantCulture)); break;
            case "estimated_completion_time": if (!IsCompleted) to.Write(Due); break;
        }
    }

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("job_sid", Sid);
        json.WriteString("resource_type", ResourceType);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("start_day", ExportDays.Spell(First));
        json.WriteString("end_day", ExportDays.Spell(Last));
        json.WriteString("status", Status);
    }

    /// <summary>
    /// Groups of days by their state, each with its number: <c>[{"status":"Completed","count":1,"days":["2026-01-02"]}]</c>.
    /// </summary>
    private void WriteDetails(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (status, days) in Groups())
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteNumber("count", days.Count);
            json.WriteStartArray("days");
            foreach (var day in days) json.WriteStringValue(ExportDays.Spell(day));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private List<(string Status, List<DateOnly> Days)> Groups()
    {
        var days = ExportDays.Between(First, Last);
        if (!IsCompleted) return [("Submitted", days.ToList())];
        var groups = new List<(string, List<DateOnly>)>();
        if (Filled.Length > 0) groups.Add(("Completed", [.. Filled]));
        var empty = days.Except(Filled).ToList();
        if (empty.Count > 0) groups.Add(("CompletedEmptyRecords", empty));
        return groups;
    }
}
