using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwilioEmu.Console.Events;
using TwilioEmu.Console.Stories;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Logging;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Console.Control;

/// <summary>The control API, <c>/_emu/v1</c>: looks at a world and acts in it, for tests, scenarios and the UI.</summary>
/// <remarks>Handlers read, take one turn on the loop and render off it. One room serves all houses of the process in turn.</remarks>
public sealed partial class ControlRoom(IControlDoors doors) : IAsyncDisposable
{
    /// <summary>Where it is mounted.</summary>
    public const string Prefix = "/_emu/v1";

    /// <summary>What bodies are, but for a few calls.</summary>
    public const string Json = "application/json";

    /// <summary>Calls named beside one that is not there.</summary>
    private const int MostNamed = 8;

    private static readonly PathString[] ForAll =
    [
        .. ControlCalls.All.Where(c => c.IsForAll).Select(c => new PathString(Prefix + c.Template)),
    ];

    internal IControlDoors Doors { get; } = doors;

    internal JournalStream Stream { get; } = new();

    internal ExpectCalls Expect { get; } = new();

    internal StoryDesk Stories { get; } = new(doors.StoryWorlds, () => doors.StoriesFolder, () => doors.House.World);

    /// <summary>True for what is answered to everybody, where others are asked for a token.</summary>
    public static bool IsForAll(PathString path) => ForAll.Contains(path);

    /// <summary>The content type of a request's body: JSON, or the one its call names (<c>audio/*</c>).</summary>
    public static string BodyTypeOf(HttpRequest request) =>
        request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var path)
            ? BytesOf(request.Method, path)?.BodyType ?? Json
            : Json;

    /// <summary>Stops a story that runs, and ends the world of the last one.</summary>
    public ValueTask DisposeAsync() => Stories.DisposeAsync();

    /// <summary>Answers one request whose path begins with <see cref="Prefix"/>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var world = Doors.House.World;
        ControlAnswer? answer;
        ControlCall? asked = null;
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, world.Ending);
            answer = await AnswerAsync(context, call => asked = call, ending.Token);
        }
        catch (ControlException refused)
        {
            answer = refused.Answer;
        }
        catch (Exception fault) when (context.RequestAborted.IsCancellationRequested && fault is OperationCanceledException or IOException)
        {
            return;
        }
        catch (Exception fault) when (world.Ending.IsCancellationRequested
            && fault is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            answer = ControlAnswer.Problem(503, "the world was reset meanwhile; ask again");
        }
        catch (Exception fault)
        {
            Report(world, fault);
            answer = ControlAnswer.Problem(500, fault.Message);
        }
        Log.Answered(
            world.Options.Logs.CreateLogger<ControlRoom>(), context.Request.Method, context.Request.Path,
            answer?.Status ?? context.Response.StatusCode);
        if (answer is null || context.Response.HasStarted) return;
        context.Response.StatusCode = answer.Status;
        if (answer.Status != 204) (context.Response.ContentType, context.Response.ContentLength) = (answer.ContentType, answer.Body.Length);
        context.Response.Headers.CacheControl = "no-store";
        if (answer.Allow is not null) context.Response.Headers.Allow = answer.Allow;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        // The way to the program's next request begins here; until here the note of the turn itself stood.
        if (asked is not null) Doors.House.World.Clock.Note(asked.Outside);
    }

    private static ControlCall? BytesOf(string method, PathString path) =>
        ControlCalls.All.FirstOrDefault(c => c.BodyType is not null && c.Method == method && c.Match(path) is not null);

    /// <param name="context">The request.</param>
    /// <param name="admit">Told of the call that it is, once it may be made.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<ControlAnswer?> AnswerAsync(HttpContext context, Action<ControlCall> admit, CancellationToken cancellation)
    {
        var whole = context.Request.Path;
        var path = whole.StartsWithSegments(Prefix, out var below) && below.HasValue ? below : new PathString("/");
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        var allowed = new List<string>();
        foreach (var call in ControlCalls.All)
        {
            if (call.Match(path) is not { } values) continue;
            if (call.Method != method) { allowed.Add(call.Method); continue; }
            var request = new ControlRequest(this, call, values, context, cancellation);
            request.RefuseStrangers();
            admit(call);
            if (!call.IsLook && request.World.Keeper is { IsFailing: true }) return NotKept;
            var answer = await call.Handler(request);
            return call.IsLook || await IsKeptAsync() ? answer : NotKept;
        }
        if (allowed.Count == 0) return ControlAnswer.Problem(404, $"the control API has no {whole}{Near(path)}");
        return ControlAnswer.Problem(
            405, $"{whole} takes {string.Join(", ", allowed)}, not {context.Request.Method}") with
        { Allow = string.Join(", ", allowed) };
    }

    private static ControlAnswer NotKept =>
        ControlAnswer.Problem(500, "nothing can be written to the folder of --data now; what was answered before is kept");

    /// <summary>Waits until what was done is on the disk, where the world is kept; as REST does. False when it cannot be written.</summary>
    private async ValueTask<bool> IsKeptAsync()
    {
        // The world that stands now: a reset has put it in the place of another.
        var world = Doors.House.World;
        if (world.Keeper is not { } keeper) return true;
        try
        {
            await keeper.KeptAsync(world.Journal.LastSeq);
            return true;
        }
        catch (KeepingException)
        {
            return Doors.House.World != world;
        }
    }

    /// <summary>The call somebody probably meant, by its first word; where that is right, the calls that begin with it.</summary>
    private static string Near(PathString path)
    {
        var first = path.Value!.Split('/')[1];
        var below = ControlCalls.All.Where(c => c.Template.Split('/')[1] == first && first.Length > 0).ToList();
        if (below.Count == 0)
        {
            return Spelling.Hint(first, ControlCalls.All.Select(c => c.Template.Split('/')[1]).Where(w => w.Length > 0).Distinct());
        }
        var named = string.Join(", ", below.Take(MostNamed).Select(c => $"{c.Method} {c.Template}"));
        return $" (there {(below.Count == 1 ? "is" : "are")} {named})";
    }

    private static void Report(World world, Exception fault) => world.Loop.Post(() => world.Journal.TellOfFault(fault));

    private static partial class Log
    {
        [LoggerMessage(LogEvents.ControlAnswered, LogLevel.Debug, "{Method} {Path}: {Status}")]
        public static partial void Answered(ILogger logger, string method, PathString path, int status);
    }
}
