using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>What was asked of the app, and how that went.</summary>
public static class WebhookEntries
{
    public static readonly EntryKind Sent = new(
        "webhook.sent", "a request went out to the app",
        "purpose", "method", "url", "parameters", "signature", "signed", "headers", "body", "ignored_overrides");
    public static readonly EntryKind Answered = new(
        "webhook.answered", "the app answered, whatever the status",
        "status", "purpose", "url", "method", "content_type", "error_code", "error_message", "headers", "body", "body_bytes", "attempts");
    public static readonly EntryKind Failed = new(
        "webhook.failed", "the app could not be asked, or did not answer",
        "status", "purpose", "url", "method", "content_type", "error_code", "error_message", "headers", "body", "body_bytes", "attempts");

    public static readonly EntryKind Cached = new(
        "webhook.cached", "the app was not asked: its former answer to this GET is still fresh, by its Cache-Control or Expires",
        "purpose", "url", "kept_at", "fresh_until");

    public static readonly EntryKind Held = new(
        "webhook.held", "a request to the app waits for somebody to send it on, or to answer it by hand", "purpose", "url");
    public static readonly EntryKind LetGo = new("webhook.let_go", "a request that was held is held no longer", "by");

    public static IReadOnlyList<EntryKind> All { get; } = [Sent, Answered, Failed, Cached, Held, LetGo];
}
