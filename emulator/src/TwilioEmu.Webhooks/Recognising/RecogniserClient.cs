using System.Text.Json;

namespace TwilioEmu.Webhooks.Recognising;

/// <summary>What a recogniser made of an utterance.</summary>
/// <param name="Transcript">The words; empty when it understood none.</param>
/// <param name="Confidence">0 to 1; null where it does not say.</param>
/// <param name="Fault">Why there is no answer; null for one.</param>
public sealed record Recognised(string Transcript, double? Confidence, string? Fault);

/// <summary>Asks the user's own speech recogniser, a URL, for the words of an utterance.</summary>
/// <remarks>
/// Off the loop; safe from any thread. The contract, ours: POST of a WAV file (16 bits, 8 kHz, mono) as <c>audio/wav</c>; a 2xx
/// with the JSON object <c>{"transcript": "...", "confidence": 0.93}</c>, confidence optional, transcript empty where nothing
/// was understood. An answer later than <see cref="Patience"/>, of more than 64 KiB, or of another shape counts as none.
/// </remarks>
public sealed class RecogniserClient(Uri url, TimeProvider wall) : IDisposable
{
    /// <summary>How long it may take, on the wall: whoever spoke waits for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxAnswerBytes = 64 * 1024;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    public async Task<Recognised> RecogniseAsync(ReadOnlyMemory<byte> wav, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, wall);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(wav) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "audio/wav");
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var response = await _http.SendAsync(request, both.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) return None($"it answered {(int)response.StatusCode}");
            var body = await ReadAsync(response, both.Token).ConfigureAwait(false);
            return body is null ? None($"its answer has more than {MaxAnswerBytes} bytes") : Read(body);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return None($"it did not answer within {Patience.TotalSeconds} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return None(fault.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var chunk = new byte[4096];
        while (await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            if (body.Length + count > MaxAnswerBytes) return null;
            body.Write(chunk, 0, count);
        }
        return body.ToArray();
    }

    private static Recognised Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("transcript", out var words)
                || words.ValueKind != JsonValueKind.String)
            {
                return None("its answer has no transcript");
            }
            double? confidence = root.TryGetProperty("confidence", out var sure) && sure.ValueKind == JsonValueKind.Number
                ? Math.Clamp(sure.GetDouble(), 0, 1)
                : null;
            return new Recognised(words.GetString()!.Trim(), confidence, null);
        }
        catch (JsonException)
        {
            return None("its answer is no JSON");
        }
    }

    private static Recognised None(string why) => new("", null, why);
}
