using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Content;

/// <summary>What content templates write into the journal beside the changes of their resources.</summary>
public static class ContentEntries
{
    private static readonly string[] Approval = ["content_sid", "name", "category", "content_type", "status", "rejection_reason"];

    public static readonly EntryKind ApprovalChanged = new(
        "content.approval_changed", "WhatsApp's word on a template is another one", Approval);
    public static readonly EntryKind ApprovalGone = new(
        "content.approval_gone", "a template was changed or deleted, and WhatsApp's word on it holds no more", Approval);

    public static IReadOnlyList<EntryKind> All { get; } = [ApprovalChanged, ApprovalGone];
}
