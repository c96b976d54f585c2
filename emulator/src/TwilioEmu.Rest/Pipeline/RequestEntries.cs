using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Requests of the REST API.</summary>
public static class RequestEntries
{
    public static readonly EntryKind Request = new("request", "a request was admitted", "method", "operation", "caller");
    public static readonly EntryKind Refused = new(
        "request.refused", "a request was answered with an error", "method", "operation", "caller", "code", "status", "message", "cure");

    public static IReadOnlyList<EntryKind> All { get; } = [Request, Refused];
}
