using System.Net;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Data of the entries <c>request</c> and <c>request.refused</c>.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Operation">Its id; null for a path that leads nowhere.</param>
/// <param name="Credential">Who asked: the SID of an account or a key.</param>
/// <param name="Refusal">Why it was refused; null in <c>request</c>.</param>
public sealed record RequestEntry(string Method, string? Operation, string? Credential, TwilioError? Refusal) : IEntryData
{
    /// <summary>Where it came from; null without a socket. Not shown in the journal, which would differ from machine to machine.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Host label of the product asked: <c>api</c>, <c>verify</c>; null where nobody answers.</summary>
    /// <remarks>The operation's name tells it in the journal.</remarks>
    public string? Product { get; init; }

    // One that was refused tells why, in words of its own, and is rare.
    private static readonly DataForm<RequestEntry> Form = new(static (r, m) =>
    {
        var (method, operation, credential) = (
            m.Text("method", r?.Method), m.TextOrNull("operation", r?.Operation), m.TextOrNull("credential", r?.Credential));
        var (source, product) = (m.TextOrNull("source", r?.Source?.ToString()), m.TextOrNull("product", r?.Product));
        // There is one in each request: told of it, the form makes no other.
        return r ?? new RequestEntry(method, operation, credential, null)
        {
            Source = source is null ? null : IPAddress.Parse(source),
            Product = product,
        };
    });

    /// <inheritdoc/>
    public DataForm? Packing => Refusal is null ? Form : null;

    public int Weight => Refusal is null ? 0 : 2 * (Refusal.Message.Length + (Refusal.Cure?.Length ?? 0));

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("method", Method);
        json.WriteString("operation", Operation);
        json.WriteString("caller", Credential);
        if (Refusal is null) return;
        json.WriteNumber("code", Refusal.Code);
        json.WriteNumber("status", Refusal.Status);
        json.WriteString("message", Refusal.Message);
        if (Refusal.Cure is not null) json.WriteString("cure", Refusal.Cure);
    }
}
