using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Http;

namespace TwilioEmu.Host.Apps;

/// <summary>
/// What the emulator sees of an app of this process: whether it has a request in hand, and what it threw. Leads its HTTP clients here.
/// </summary>
/// <remarks>The app's own error page is left alone: it has put the exception among the request's features by the time it answers.</remarks>
internal sealed class AttachedApp(
    AppWatch watch, Func<HttpMessageHandler, HttpMessageHandler> lead) : IStartupFilter, IHttpMessageHandlerBuilderFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(WatchAsync);
        next(app);
    };

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        // What is not for Twilio goes where it was going.
        builder.PrimaryHandler = lead(builder.PrimaryHandler);
    };

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        watch.Enter();
        try
        {
            await next(context);
            if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } shown) watch.Note(Told(context.Request, shown));
        }
        catch (Exception fault)
        {
            watch.Note(Told(context.Request, fault));
            throw;
        }
        finally
        {
            watch.Leave();
        }
    }

    private static string Told(HttpRequest request, Exception fault)
    {
        const int shownLines = 8;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Path}: ");
        var lines = fault.ToString().Split('\n');
        text.AppendJoin("\n           ", lines.Take(shownLines).Select(l => l.Trim()));
        if (lines.Length > shownLines) text.Append("\n           ...");
        return text.ToString();
    }
}
