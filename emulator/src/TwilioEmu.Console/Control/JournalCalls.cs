using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Control;

/// <summary>All that happened, a page at a time, oldest first.</summary>
internal static class JournalCalls
{
    /// <summary>The kinds of entries: those the house's rooms declare, or with <c>stored=true</c> those of stored resources too.</summary>
    public static Task<ControlAnswer?> KindsAsync(ControlRequest request)
    {
        var all = request.QueryFlag("stored");
        var kinds = request.House.Kinds;
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("kinds");
            foreach (var kind in all ? kinds.All : kinds.Declared)
            {
                json.WriteStartObject();
                json.WriteString("kind", kind.Name);
                json.WriteString("means", kind.Means);
                json.WriteStartArray("members");
                foreach (var member in kind.Members) json.WriteStringValue(member);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }));
    }

    /// <remarks>Read off the loop: however long the journal, nobody else waits.</remarks>
    public static Task<ControlAnswer?> ListAsync(ControlRequest request)
    {
        var after = request.QueryNumber("after")!.Value;
        var limit = request.Limit;
        var match = ReadFilter(request);
        var journal = request.World.Journal;
        var (first, last) = (journal.FirstSeq, journal.LastSeq);
        var entries = journal.After(after, match.Selection).TakeWhile(e => e.Seq <= last).Where(match.IsMetBy).Take(limit).ToList();
        var trimmedBefore = journal.TrimmedBefore(match.Account is null ? null : new AccountSid(match.Account));
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("entries");
            foreach (var entry in entries) entry.WriteTo(json);
            json.WriteEndArray();
            json.WriteNumber("first_seq", first);
            json.WriteNumber("last_seq", last);
            // Of the account asked for, or of all: before this not everything is there any more.
            if (trimmedBefore > after + 1) json.WriteNumber("trimmed_before", trimmedBefore);
            // Ask with this as "after" for what comes next.
            json.WriteNumber("next_after", entries.Count == limit ? entries[^1].Seq : Math.Max(after, last));
        }));
    }

    /// <summary>The query's kind (its end may be <c>*</c>), subject and account.</summary>
    internal static JournalMatch ReadFilter(ControlRequest request)
    {
        var match = new JournalMatch
        {
            Kind = request.Query("kind"),
            Subject = request.Query("subject"),
            Account = request.Query("account"),
        };
        if (match.Kind?.IndexOf('*') is { } star and >= 0 && star != match.Kind.Length - 1)
        {
            throw ControlRequest.Bad("kind", "a star stands only at the end of a kind: message.*");
        }
        if (match.Kind is { } kind && KindCheck.OfKind(request.House.Kinds, kind) is { } wrong) throw ControlRequest.Bad("kind", wrong);
        return match;
    }
}
