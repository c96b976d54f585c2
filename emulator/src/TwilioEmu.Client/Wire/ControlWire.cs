using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TwilioEmu.Client.Wire;

/// <summary>Carries calls of the control API: JSON out, JSON back, problems as exceptions.</summary>
internal sealed class ControlWire(Uri baseUrl, HttpMessageInvoker http) : IDisposable
{
    /// <summary>What answers may weigh: 10,000 journal entries at a few kilobytes each, and more besides.</summary>
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Uri BaseUrl { get; } = baseUrl;

    /// <summary>What the control API asks for (RFC 6750); null when it asks for nothing.</summary>
    public string? ControlToken { get; set; }

    /// <summary>Real time a call may take, besides what it asks to wait for.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What apps of this process threw lately, as text, for the messages of failed expectations; null where there are none to be seen.
    /// </summary>
    public Func<IReadOnlyList<string>>? AppFaults { get; set; }

    /// <summary>Asks, and reads the answer as a record.</summary>
    /// <exception cref="EmulatorException">The emulator refused.</exception>
    /// <exception cref="HttpRequestException">Nobody answered.</exception>
    public async Task<T> AskAsync<T>(HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var (status, bytes) = await SendAsync(method, path, body, TimeSpan.Zero, cancellation);
        if (!IsSuccess(status)) throw Refusal(status, bytes, method, path);
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type)
                ?? throw new EmulatorException(status, "the answer is null", $"{method} {path}");
        }
        catch (JsonException fault)
        {
            throw new EmulatorException(
                status, $"the answer is not what this client knows ({fault.Message}): {Short(bytes)}", $"{method} {path}");
        }
    }

    /// <summary>Asks, and gives back whatever came.</summary>
    /// <param name="method">GET, PUT, POST.</param>
    /// <param name="path">Below <c>/_emu/v1</c>.</param>
    /// <param name="body">A POST or PUT without one has an empty object.</param>
    /// <param name="asked">What the call asks to wait for: with a real clock it takes that long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TimeoutException">No answer came; says what holds virtual time.</exception>
    public Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> SendAsync(
        HttpMethod method, string path, JsonObject? body, TimeSpan asked, CancellationToken cancellation) =>
        SendContentAsync(method, path, ContentOf(method, body), asked, cancellation);

    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> SendContentAsync(
        HttpMethod method, string path, HttpContent? body, TimeSpan asked, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience + asked, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await ExchangeAsync(method, path, body, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} {path} was not answered after {(Patience + asked).TotalSeconds:0.#} "
                + $"s{await HoldsAsync(cancellation)}");
        }
    }

    /// <summary>Asks for a file.</summary>
    public async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellation)
    {
        var (status, bytes) = await SendAsync(HttpMethod.Get, path, null, TimeSpan.Zero, cancellation);
        return IsSuccess(status) ? bytes.ToArray() : throw Refusal(status, bytes, HttpMethod.Get, path);
    }

    /// <summary>Posts a file.</summary>
    public async Task PostFileAsync(string path, ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(file);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        var (status, bytes) = await SendContentAsync(HttpMethod.Post, path, content, TimeSpan.Zero, cancellation);
        if (!IsSuccess(status)) throw Refusal(status, bytes, HttpMethod.Post, path);
    }

    /// <summary>Asks for text.</summary>
    public async Task<string> ReadTextAsync(string path, CancellationToken cancellation)
    {
        var (status, bytes) = await SendAsync(HttpMethod.Get, path, null, TimeSpan.Zero, cancellation);
        return IsSuccess(status) ? Encoding.UTF8.GetString(bytes.Span) : throw Refusal(status, bytes, HttpMethod.Get, path);
    }

    /// <summary>Asks for an answer without an end; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellation)
    {
        using var request = Compose(HttpMethod.Get, path, null);
        request.Headers.Accept.ParseAdd("text/event-stream");
        var response = await http.SendAsync(request, cancellation);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            throw Refusal(response.StatusCode, bytes, HttpMethod.Get, path);
        }
    }

    public static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    public static EmulatorException Refusal(HttpStatusCode status, ReadOnlyMemory<byte> body, HttpMethod method, string path)
    {
        string? detail = null;
        try
        {
            using var problem = JsonDocument.Parse(body);
            if (problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty("detail", out var words))
            {
                detail = words.GetString();
            }
        }
        catch (JsonException)
        {
            // No problem document: some other server answered, and its own words are shown.
        }
        return new EmulatorException(status, detail ?? Short(body), $"{method} {path}");
    }

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> ExchangeAsync(
        HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = Compose(method, path, body);
        using var response = await http.SendAsync(request, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var read = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (read.Length + count > MaxAnswerBytes)
                {
                    throw new EmulatorException(
                        response.StatusCode, $"the answer has more than {MaxAnswerBytes} bytes", $"{method} {path}");
                }
                read.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return (response.StatusCode, read.ToArray());
    }

    /// <summary>What virtual time waits for, in words; empty where nobody can tell.</summary>
    private async Task<string> HoldsAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var (status, bytes) = await ExchangeAsync(HttpMethod.Get, "/clock", null, either.Token);
            var clock = IsSuccess(status) ? JsonSerializer.Deserialize(bytes.Span, ClientJson.Default.ClockState) : null;
            return clock is { Holds.Count: > 0 } ? $"; time ({clock.Mode}) is held by: {string.Join(", ", clock.Holds)}" : "";
        }
        catch (Exception fault) when (fault is OperationCanceledException or HttpRequestException or JsonException)
        {
            return "";
        }
    }

    private HttpRequestMessage Compose(HttpMethod method, string path, HttpContent? body)
    {
        var request = new HttpRequestMessage(
            method, new Uri(BaseUrl.GetLeftPart(UriPartial.Authority) + BaseUrl.AbsolutePath.TrimEnd('/') + "/_emu/v1" + path));
        if (ControlToken is { Length: > 0 } token) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        request.Content = body;
        return request;
    }

    private static ReadOnlyMemoryContent? ContentOf(HttpMethod method, JsonObject? body)
    {
        if (body is null && method != HttpMethod.Post && method != HttpMethod.Put) return null;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Plain)) (body ?? []).WriteTo(json);
        var content = new ReadOnlyMemoryContent(buffer.WrittenMemory);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return content;
    }

    private static string Short(ReadOnlyMemory<byte> body)
    {
        const int shown = 400;
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, shown)]).Trim();
        return text.Length == 0 ? "(no body)" : body.Length > shown ? text + "..." : text;
    }
}
