using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Monitor;

/// <summary>A journal entry as the audit log tells it: a resource that a REST request made, changed or deleted.</summary>
/// <param name="Entry">Of the change.</param>
/// <param name="Change">The record as it is, or was.</param>
/// <param name="Request">Of the request.</param>
/// <param name="Account">Whose request it was.</param>
/// <param name="Path">As the client spelt it.</param>
/// <param name="ResourceType"><c>phone-number</c>.</param>
/// <param name="Action"><c>created</c>, <c>updated</c>, <c>deleted</c>.</param>
internal sealed record LoggedEvent(
    Entry Entry, RecordChange Change, RequestEntry Request, AccountSid Account, string Path, string ResourceType, string Action)
{
    // Kinds of the journal whose words are not Twilio's (twilio.com/docs/usage/monitor-events#event-types; those of keys are inferred).
    private static readonly Dictionary<string, (string Type, string Action)> Renamed = new(StringComparer.Ordinal)
    {
        [NumberEntries.Bought.Name] = ("phone-number", "created"),
        [NumberEntries.Updated.Name] = ("phone-number", "updated"),
        [NumberEntries.Released.Name] = ("phone-number", "deleted"),
        [NumberEntries.Transferred.Name] = ("phone-number", "transferred"),
        [AccountEntries.Suspended.Name] = ("account", "updated"),
        [AccountEntries.Activated.Name] = ("account", "updated"),
        [AccountEntries.Closed.Name] = ("account", "updated"),
        [AccountEntries.KeyCreated.Name] = ("api-key", "created"),
        [AccountEntries.KeyUpdated.Name] = ("api-key", "updated"),
        [AccountEntries.KeyDeleted.Name] = ("api-key", "deleted"),
        [MessageEntries.Redacted.Name] = ("message", "updated"),
    };

    /// <summary>
    /// Who did it, as the document has it: a user (US), though the type says account. Nobody logs in here, so it is one made of the
    /// account's own digits (inferred); the link tells which account or key it was.
    /// </summary>
    public string Actor => "US" + (Request.Credential is ['A', 'C', ..] ? Request.Credential : Account.Value)[2..];

    /// <summary>The event an entry is; null when it is none.</summary>
    /// <param name="journal">Where the request is.</param>
    /// <param name="entry">Of a change.</param>
    public static LoggedEvent? Of(WorldJournal journal, Entry entry)
    {
        if (entry.Cause == 0 || entry.Data is not RecordChange change) return null;
        if (journal.Find(entry.Cause) is not { Data: RequestEntry { Refusal: null } request } cause) return null;
        if (Renamed.TryGetValue(entry.Kind, out var renamed))
        {
            var type = entry.Subject.StartsWith("SC", StringComparison.Ordinal) ? "short-code" : renamed.Type;
            return new(entry, change, request, cause.Account, cause.Subject, type, renamed.Action);
        }
        var dot = entry.Kind.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && entry.Kind[(dot + 1)..] is "created" or "updated" or "deleted"
            ? new(entry, change, request, cause.Account, cause.Subject, entry.Kind[..dot].Replace('_', '-'), entry.Kind[(dot + 1)..])
            : null;
    }

    public string Type => $"{ResourceType}.{Action}";

    public string? ResourceSid => Sids.Or(Entry.Subject);

    public string? SourceAddress => Request.Source?.ToString();
}
