using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Content;

/// <summary>What WhatsApp says of a template.</summary>
/// <remarks>twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses.</remarks>
internal sealed record ApprovalState(string Template, string Status) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ApprovalState> Form = new("content_approval", static (r, m) => new ApprovalState(
        m.Text("content_sid", r?.Template), m.Text("status", r?.Status))
    {
        Name = m.Text("name", r?.Name),
        Category = m.Text("category", r?.Category),
        ContentType = m.Text("content_type", r?.ContentType),
        RejectionReason = m.Text("rejection_reason", r?.RejectionReason),
        AllowsCategoryChange = m.Flag("allow_category_change", r?.AllowsCategoryChange),
    });

    public static readonly TableKey<ApprovalState> Table = new("content_approvals", Form);

    /// <summary>What is true of every template that nobody submitted.</summary>
    public const string Unsubmitted = "unsubmitted";

    public string Name { get; init; } = "";

    public string Category { get; init; } = "";

    public string ContentType { get; init; } = "";

    public string RejectionReason { get; init; } = "";

    public bool AllowsCategoryChange { get; init; } = true;

    public string Key => Template;

    public bool IsSettled => false;

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["category"] = Category,
        ["content_type"] = ContentType,
        ["status"] = Status,
        ["rejection_reason"] = RejectionReason,
        ["allow_category_change"] = AllowsCategoryChange,
    };

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("content_sid", Template);
        json.WriteString("name", Name);
        json.WriteString("category", Category);
        json.WriteString("content_type", ContentType);
        json.WriteString("status", Status);
        json.WriteString("rejection_reason", RejectionReason);
    }
}
