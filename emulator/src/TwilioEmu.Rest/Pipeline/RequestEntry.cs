using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Data of the entries <c>request</c> and <c>request.refused</c>.</summary>
internal sealed record RequestEntry(string Method, string? Operation, string? Credential, TwilioError? Refusal) : IEntryData
{
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("method", Method);
        json.WriteString("operation", Operation);
        json.WriteString("caller", Credential);
        if (Refusal is null) return;
        json.WriteNumber("code", Refusal.Code);
        json.WriteNumber("status", Refusal.Status);
        json.WriteString("message", Refusal.Message);
    }
}
