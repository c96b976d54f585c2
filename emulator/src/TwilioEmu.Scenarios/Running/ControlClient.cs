using System.Buffers;
using System.Text.Json;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Speaks the control API of an emulator that runs elsewhere.</summary>
internal sealed class ControlClient(Uri baseUrl, IHttpDoor http)
{
    public Uri BaseUrl { get; } = baseUrl;

    /// <summary>Asks the REST API, as a program would.</summary>
    public Task<HttpReply> SendAsync(HttpAsk ask, CancellationToken cancellation) => http.SendAsync(ask, cancellation);

    /// <summary>Asks, and gives the answer's JSON.</summary>
    /// <param name="method">Upper case.</param>
    /// <param name="path">Below <c>/_emu/v1</c>, such as <c>/clock</c>.</param>
    /// <param name="body">Writes the members of the body's object, or null for no body.</param>
    /// <param name="accepted">A status besides 2xx whose answer is wanted too, or 0.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoryException">Nobody answered, or the answer was no.</exception>
    public async Task<JsonElement> AskAsync(
        string method, string path, Action<Utf8JsonWriter>? body, int accepted, CancellationToken cancellation)
    {
        var ask = new HttpAsk(method, new Uri(BaseUrl, "/_emu/v1" + path));
        if (body is not null) ask = ask with { ContentType = "application/json", Body = Write(body) };
        var reply = await http.SendAsync(ask, cancellation);
        var answer = reply.ToJson();
        if (reply.Status is >= 200 and < 300 || reply.Status == accepted) return answer;
        var detail = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("detail", out var said)
            ? said.ToString()
            : reply.ToShortText();
        throw new StoryException($"{method} /_emu/v1{path} answered {reply.Status}: {detail}");
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
