using System.Text;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Webhooks.Wires.Connecting;

namespace TwilioEmu.Webhooks.Wires;

/// <summary>The way to an app in this process that is reached by an HTTP message handler: a test server's.</summary>
/// <remarks>
/// As over a socket: off the loop, while virtual time is held, by the limits of the wall; only the bytes need no wire. The handler is lent
/// and never disposed here. URLs are canonical (<c>%7e</c> becomes <c>~</c>), since ASP.NET Core's test server takes no others.
/// </remarks>
internal sealed class HandlerWire(HttpMessageHandler handler, WorldLoop loop, TimeProvider wall, ILogger log) : IWire
{
    public TimeProvider Clock => wall;

    public Task<WireAnswer> SendAsync(WireRequest request, CancellationToken cancellation) =>
        loop.AskOutsideAsync(
            $"webhook {request.Method} {request.PublicUri.OriginalString}", token => SendOffLoopAsync(request, token), cancellation);

    private async Task<WireAnswer> SendOffLoopAsync(WireRequest request, CancellationToken cancellation)
    {
        using var deadline = new Deadline(request.Limits, wall, cancellation);
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        request = request with { Target = new Uri(request.Target.OriginalString) };
        try
        {
            return (await HttpAttempt.SendAsync(client, request, deadline, log, cancellation).ConfigureAwait(false)).Answer;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // A test server throws what the app threw; behind a socket the server would have answered for it.
            return new()
            {
                Status = 500,
                ContentType = "text/plain",
                Headers = [new("Content-Type", "text/plain")],
                Body = Encoding.UTF8.GetBytes(fault.ToString()).AsMemory(),
            };
        }
    }
}
