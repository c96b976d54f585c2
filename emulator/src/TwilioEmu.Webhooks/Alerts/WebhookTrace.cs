using System.Text;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Webhooks.Addresses;
using TwilioEmu.Webhooks.Exchanges;

namespace TwilioEmu.Webhooks.Alerts;

/// <summary>The request to the app, and its answer, that an entry follows from.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Url">Without credentials and connection overrides.</param>
/// <param name="Variables">The parameters, form-encoded.</param>
/// <param name="ResponseHeaders">A line each; null when nothing was answered.</param>
/// <param name="ResponseBody">As much of it as was kept; null when nothing was answered.</param>
public sealed record WebhookTrace(string Method, string Url, string Variables, string? ResponseHeaders, string? ResponseBody)
{
    // From an alert over a verb's entry or two to the answer and the request.
    private const int MaxSteps = 6;

    /// <summary>Follows the causes of an entry back to an exchange; null when there was none, or it was trimmed. On the loop.</summary>
    public static WebhookTrace? Behind(WorldJournal journal, Entry entry)
    {
        AnsweredData? answered = null;
        for (var step = 0; step < MaxSteps && entry.Cause != 0 && journal.Find(entry.Cause) is { } cause; step++, entry = cause)
        {
            answered ??= cause.Data as AnsweredData;
            if (cause.Data is SentData { Outgoing: var sent })
            {
                return new(
                    sent.Method, sent.Url.Shown, Encoding.ASCII.GetString(FormEncoding.Encode(sent.Parameters)), answered?.HeaderLines,
                    answered?.Body);
            }
        }
        return null;
    }
}
