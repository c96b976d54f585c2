using Microsoft.AspNetCore.Http;
using TwilioEmu.Console.Events;
using TwilioEmu.Console.Stories;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Console.Control;

/// <summary>The control API, <c>/_emu/v1</c>: looks at a world and acts in it, for tests, scenarios and the UI.</summary>
/// <remarks>Handlers read, take one turn on the loop and render off it. One room serves all houses of the process in turn.</remarks>
public sealed class ControlRoom : IAsyncDisposable
{
    /// <summary>Where it is mounted.</summary>
    public const string Prefix = "/_emu/v1";

    private readonly IControlDoors _doors;
    private readonly IReadOnlyList<Route> _routes;

    public ControlRoom(IControlDoors doors)
    {
        _doors = doors;
        Stories = new StoryDesk(doors.StoryWorlds, () => doors.StoriesFolder, () => doors.House.World);
        _routes = Routes.All(this);
    }

    internal JournalStream Stream { get; } = new();

    internal ExpectCalls Expect { get; } = new();

    internal StoryDesk Stories { get; }

    /// <summary>Stops a story that runs, and ends the world of the last one.</summary>
    public ValueTask DisposeAsync() => Stories.DisposeAsync();

    /// <summary>Answers one request whose path begins with <see cref="Prefix"/>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var world = _doors.House.World;
        ControlAnswer? answer;
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, world.Ending);
            answer = await AnswerAsync(context, ending.Token);
        }
        catch (ControlException refused)
        {
            answer = refused.Answer;
        }
        catch (Exception fault) when (context.RequestAborted.IsCancellationRequested && fault is OperationCanceledException or IOException)
        {
            return;
        }
        catch (Exception fault) when (world.Ending.IsCancellationRequested && fault is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            answer = ControlAnswer.Problem(503, "the world was reset meanwhile; ask again");
        }
        catch (Exception fault)
        {
            Report(world, fault);
            answer = ControlAnswer.Problem(500, fault.Message);
        }
        if (answer is null || context.Response.HasStarted) return;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (answer.Allow is not null) context.Response.Headers.Allow = answer.Allow;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task<ControlAnswer?> AnswerAsync(HttpContext context, CancellationToken cancellation)
    {
        var path = context.Request.Path.Value ?? "";
        var parts = path[Math.Min(path.Length, Prefix.Length)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        if (parts.Length == 0 && method == HttpMethods.Get) return IndexCalls.Of(_routes);
        var allowed = new List<string>();
        foreach (var route in _routes)
        {
            if (route.Match(parts) is not { } values) continue;
            if (route.Method != method) { allowed.Add(route.Method); continue; }
            var request = new ControlRequest(context, _doors, this, values, cancellation);
            var answer = await route.Handler(request);
            request.World.Clock.Note(method == HttpMethods.Get ? Outside.Looked : Outside.Acted);
            return answer;
        }
        if (allowed.Count == 0) return ControlAnswer.Problem(404, $"the control API has no {path}");
        return ControlAnswer.Problem(405, $"{path} takes {string.Join(", ", allowed)}, not {context.Request.Method}") with { Allow = string.Join(", ", allowed) };
    }

    private static void Report(World world, Exception fault) => world.Loop.Post(() => world.Journal.TellOfFault(fault));
}
