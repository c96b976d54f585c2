using System.Globalization;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Console.Pages;

/// <summary>Where the web UI shows a thing: what a failing test prints.</summary>
public static class UiLinks
{
    /// <summary>The page of an entry: of its webhook, message, call or phone; else its place in the timeline.</summary>
    /// <param name="journal">It is of; an alert's webhook is looked up there.</param>
    /// <param name="entry">Shown.</param>
    /// <returns>A path: <c>/_emu/ui/webhooks/14</c>.</returns>
    public static string PathOf(WorldJournal journal, Entry entry) =>
        WebhookOf(journal, entry) is { } webhook ? OfWebhook(webhook) : PathOf(entry.Kind, entry.Subject, entry.Seq, entry.Cause);

    /// <summary>The page of an entry that tells of no webhook.</summary>
    /// <returns>A path: <c>/_emu/ui/messages/SM...</c>.</returns>
    public static string PathOf(string kind, string subject, long seq, long cause) => UiPages.Prefix + (kind == "request.refused"
        ? string.Create(CultureInfo.InvariantCulture, $"/requests/{(cause > 0 ? cause : seq)}")
        : subject switch
        {
            ['S' or 'M', 'M', _, ..] => $"/messages/{subject}",
            ['C', 'A', _, ..] => $"/calls/{subject}",
            ['+', _, ..] => $"/phones/{Uri.EscapeDataString(subject)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"/timeline?q=seq:{seq}"),
        });

    /// <summary>The page of a webhook.</summary>
    /// <param name="webhook">Its number: <c>seq</c> of its <c>webhook.sent</c>.</param>
    public static string OfWebhook(long webhook) => string.Create(CultureInfo.InvariantCulture, $"{UiPages.Prefix}/webhooks/{webhook}");

    /// <summary>Leads to what happened last.</summary>
    public static string Latest => UiPages.Prefix + "/latest";

    /// <summary>
    /// The seq of the webhook that an entry tells of; null where it tells of none. One that could not be sent is its failure alone.
    /// </summary>
    private static long? WebhookOf(WorldJournal journal, Entry entry) => entry.Kind switch
    {
        "webhook.sent" => entry.Seq,
        "webhook.answered" or "webhook.failed" => journal.Find(entry.Cause) is { Kind: "webhook.sent" } sent ? sent.Seq : entry.Seq,
        "webhook.held" or "webhook.let_go" => entry.Cause,
        "alert" =>
            journal.Find(entry.Cause) is { Kind: "webhook.answered" or "webhook.failed" } outcome ? WebhookOf(journal, outcome) : null,
        _ => null,
    };
}
