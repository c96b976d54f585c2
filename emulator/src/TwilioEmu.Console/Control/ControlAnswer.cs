using System.Buffers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Console.Control;

/// <summary>An answer of the control API, whole.</summary>
internal sealed record ControlAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Methods that are taken where this one is not; for 405.</summary>
    public string? Allow { get; init; }

    /// <summary>Done, and nothing to say.</summary>
    public static ControlAnswer None { get; } = new(204, "", default);

    /// <summary>A JSON object.</summary>
    public static ControlAnswer Json(int status, Action<Utf8JsonWriter> members) => new(status, "application/json", Write(members));

    public static ControlAnswer Ok(Action<Utf8JsonWriter> members) => Json(200, members);

    public static ControlAnswer Text(string contentType, string text) => new(200, contentType, Encoding.UTF8.GetBytes(text));

    /// <summary>A problem (RFC 9457): what is wrong, in words, and more members where they help.</summary>
    public static ControlAnswer Problem(int status, string detail, Action<Utf8JsonWriter>? more = null)
    {
        var body = Write(json =>
        {
            json.WriteString("type", "about:blank");
            json.WriteString("title", Titles.GetValueOrDefault(status, "Error"));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            more?.Invoke(json);
        });
        return new(status, "application/problem+json", body);
    }

    /// <summary>A bad request, each bad field named.</summary>
    public static ControlAnswer BadRequest(Faults faults) => Problem(400, string.Join("; ", faults.All.Select(f => f.Message)), json =>
    {
        json.WriteStartArray("errors");
        foreach (var fault in faults.All)
        {
            json.WriteStartObject();
            json.WriteString("field", fault.Path);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The members of a problem.</summary>
    public static IReadOnlyList<ControlMember> ProblemMembers { get; } =
    [
        ControlMember.Text("type", "`about:blank`"), ControlMember.Text("title", "of the status"),
        ControlMember.Whole("status", "of the answer"), ControlMember.Text("detail", "what was seen and what was wanted"),
        ControlMember.List(
            "errors", "each bad field", ControlMember.Text("field", "its path"),
            ControlMember.Text("message", "what is wrong with it")).Sometimes(),
    ];

    private static readonly Dictionary<int, string> Titles = new()
    {
        [400] = "Bad Request",
        [404] = "Not Found",
        [405] = "Method Not Allowed",
        [408] = "Not seen in time",
        [409] = "Conflict",
        [413] = "Content Too Large",
        [500] = "Internal Error",
        [501] = "Not Emulated",
        [503] = "Unavailable",
    };

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
