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
    public static string PathOf(WorldJournal journal, Entry entry) => UiPages.Prefix + (WebhookOf(journal, entry) is { } webhook
        ? string.Create(CultureInfo.InvariantCulture, $"/webhooks/{webhook}")
        : entry.Subject switch
        {
            ['S' or 'M', 'M', _, ..] => $"/messages/{entry.Subject}",
            ['C', 'A', _, ..] => $"/calls/{entry.Subject}",
            ['+', _, ..] => $"/phones/{Uri.EscapeDataString(entry.Subject)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"/timeline?q=seq:{entry.Seq}"),
        });

    /// <summary>Leads to what happened last.</summary>
    public static string Latest => UiPages.Prefix + "/latest";

    /// <summary>The seq of the webhook that an entry tells of; null where it tells of none. One that could not be sent is its failure alone.</summary>
    private static long? WebhookOf(WorldJournal journal, Entry entry) => entry.Kind switch
    {
        "webhook.sent" => entry.Seq,
        "webhook.answered" or "webhook.failed" => journal.Find(entry.Cause) is { Kind: "webhook.sent" } sent ? sent.Seq : entry.Seq,
        "webhook.held" or "webhook.let_go" => entry.Cause,
        "alert" => journal.Find(entry.Cause) is { Kind: "webhook.answered" or "webhook.failed" } outcome ? WebhookOf(journal, outcome) : null,
        _ => null,
    };
}
