using System.Globalization;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Terminal;

/// <summary>What went wrong in a session, counted.</summary>
/// <remarks>Read it when its reader has ended.</remarks>
public sealed class ConsoleTally
{
    /// <summary>Webhooks that got no answer, an error, or one that could not be used.</summary>
    public int FailedWebhooks { get; private set; }

    /// <summary>Alerts of level error.</summary>
    public int ErrorAlerts { get; private set; }

    /// <summary>Alerts of a lower level, and warnings.</summary>
    public int Warnings { get; private set; }

    /// <summary>Requests refused, apart from what is not emulated.</summary>
    public int RefusedRequests { get; private set; }

    /// <summary>Things asked for that are not emulated.</summary>
    public int NotEmulated { get; private set; }

    /// <summary>Events that were not seen, since the console was too slow.</summary>
    public long Lost { get; internal set; }

    /// <summary>In words, on one line.</summary>
    public string Summary
    {
        get
        {
            string[] parts =
            [
                Count(FailedWebhooks, "webhook failed", "webhooks failed"), Count(ErrorAlerts, "error alert", "error alerts"),
                Count(Warnings, "warning", "warnings"),
                Count(RefusedRequests, "request refused", "requests refused"),
                Count(NotEmulated, "thing not emulated", "things not emulated"),
            ];
            var lost = Lost == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Lost} events were not seen");
            return string.Join(", ", parts) + lost;
        }
    }

    /// <summary>A warning that is not told by itself.</summary>
    internal void AddWarning() => Warnings++;

    internal void Add(JournalLine entry)
    {
        switch (entry.Kind)
        {
            case "webhook.answered" or "webhook.failed":
                if (entry.Data.Number("error_code") != 0 || entry.Data.Number("status") is 0 or >= 400) FailedWebhooks++;
                break;
            case "alert":
                if (entry.Data.Text("level") == "error") ErrorAlerts++;
                else Warnings++;
                break;
            case "request.refused":
                if (entry.Data.Number("status") == 501) NotEmulated++;
                else RefusedRequests++;
                break;
            case "not_emulated": NotEmulated++; break;
            default:
                if (entry.Kind == "warning") Warnings++;
                break;
        }
    }

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
