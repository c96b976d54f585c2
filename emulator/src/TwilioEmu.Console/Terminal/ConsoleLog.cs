using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Console.Terminal;

/// <summary>
/// The log for us, as the program writes it (ILoggerFactory): a line on stderr for each, with its category, and what was thrown below it.
/// </summary>
/// <remarks>
/// <c>--log quiet</c> writes errors, <c>normal</c> warnings too, <c>all</c> everything of ours. Of
/// the server beneath (Kestrel) one level less is told. <c>--log-format json</c> writes one object
/// a line: <c>level</c>, <c>at</c>, <c>category</c>, <c>event</c>, <c>line</c>, <c>exception</c>.
/// </remarks>
public sealed class ConsoleLog(TextWriter writer, ConsoleSettings settings, TimeProvider wall) : ILoggerFactory
{
    private const string Ours = "TwilioEmu";

    // What keeps the host from starting is thrown to who starts it, who tells it in a line.
    private const string Hosts = "Microsoft.Extensions.Hosting.";

    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new CategoryLog(
        this, categoryName,
        categoryName.StartsWith(Hosts, StringComparison.Ordinal)
            ? LogLevel.None
            : LeastOf(settings.Detail, categoryName.StartsWith(Ours, StringComparison.Ordinal)));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("the program's log goes to stderr alone; a host passes a factory of its own");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writer is the process's.
    }

    private static LogLevel LeastOf(ConsoleDetail detail, bool isOurs) => detail switch
    {
        ConsoleDetail.Quiet => isOurs ? LogLevel.Error : LogLevel.Critical,
        ConsoleDetail.Normal => isOurs ? LogLevel.Warning : LogLevel.Error,
        _ => isOurs ? LogLevel.Debug : LogLevel.Warning,
    };

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error or LogLevel.Critical => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "a level that is written"),
    };

    private string Json(string category, LogLevel level, int id, string line, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteString("level", WordOf(level));
            json.WriteString("at", wall.GetUtcNow().UtcDateTime);
            json.WriteString("category", category);
            json.WriteNumber("event", id);
            json.WriteString("line", line);
            if (exception is not null) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write_NeedsLock(string category, LogLevel level, int id, string line, Exception? exception)
    {
        if (settings.Format == ConsoleFormat.Json)
        {
            writer.WriteLine(Json(category, level, id, line, exception));
            return;
        }
        var time = TimeZoneInfo.ConvertTime(wall.GetUtcNow(), settings.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        writer.WriteLine($"{time} {WordOf(level)} {category}[{id}]: {line}");
        if (exception is not null) writer.WriteLine(exception);
    }

    private sealed class CategoryLog(ConsoleLog log, string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            try
            {
                lock (log._gate) log.Write_NeedsLock(category, logLevel, eventId.Id, formatter(state, exception), exception);
            }
            catch (IOException)
            {
                // Nobody reads stderr any more: the emulator lives on without.
            }
        }
    }
}
