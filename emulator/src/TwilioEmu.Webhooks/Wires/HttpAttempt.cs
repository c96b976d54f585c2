using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Logging;
using TwilioEmu.Webhooks.Wires.Connecting;

namespace TwilioEmu.Webhooks.Wires;

/// <summary>One request over an HTTP client, off the loop: limits, faults and the answer's body, whatever the client stands on.</summary>
internal static partial class HttpAttempt
{
    /// <returns>What came, and whether the connection ended without any of it.</returns>
    public static async Task<(WireAnswer Answer, bool IsUnanswered)> SendAsync(
        HttpMessageInvoker client, WireRequest request, Deadline deadline, ILogger log, CancellationToken cancellation)
    {
        using var message = Compose(request, deadline);
        HttpResponseMessage? response = null;
        try
        {
            response = await client.SendAsync(message, deadline.Token).ConfigureAwait(false);
            return (await AnswerReader.ReadAsync(response, request.Limits, deadline).ConfigureAwait(false), false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var late = deadline.IsSilence ? WireFaults.Silent(request.Limits.Silence) : WireFaults.OutOfTime(request.Limits.Total);
            // Once part of an answer came, the attempt is never repeated.
            return (
                response is null
                    ? late
                    : late with { Status = (int)response.StatusCode, Fault = late.Fault! with { Stage = WireStage.Answer } },
                false);
        }
        catch (Exception thrown) when (thrown is HttpRequestException or IOException)
        {
            // The journal tells what Twilio would say of it; what the platform said is told here.
            Log.Failed(log, thrown, request.Method, request.PublicUri);
            var fault = WireFaults.From(
                thrown, response is null ? WireStage.Silence : WireStage.Answer, response is null ? request.Target : null);
            return (new() { Fault = fault }, WireFaults.IsUnanswered(thrown));
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static HttpRequestMessage Compose(WireRequest request, Deadline deadline)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), request.Target);
        message.Options.Set(Attempt.Key, new Attempt(request.Limits, deadline));
        if (request.Body is not null) message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (name == "Content-Type") message.Content?.Headers.TryAddWithoutValidation(name, value);
            else message.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.WireFailed, LogLevel.Debug, "{Method} {Url} failed below HTTP")]
        public static partial void Failed(ILogger logger, Exception thrown, string method, Uri url);
    }
}
