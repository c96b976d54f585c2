using Microsoft.Extensions.Logging;

namespace TwilioEmu.Kernel.Tests.Worlds;

/// <summary>A line that was logged.</summary>
/// <param name="Category">Whose.</param>
/// <param name="Level">How grave.</param>
/// <param name="Event">Its id.</param>
/// <param name="Line">In words.</param>
/// <param name="Exception">What was thrown, or null.</param>
/// <param name="State">What travels beside the words.</param>
internal sealed record LogLine(
    string Category, LogLevel Level, int Event, string Line, Exception? Exception, IReadOnlyDictionary<string, object?> State);

/// <summary>A logger factory that keeps what it is told.</summary>
internal sealed class KeptLog : ILoggerFactory
{
    private readonly Lock _gate = new();
    private readonly List<LogLine> _lines = [];

    /// <summary>What was logged until now.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Kept(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Kept(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var members = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(m => m.Key, m => m.Value);
            lock (log._gate) log._lines.Add(new LogLine(category, logLevel, eventId.Id, formatter(state, exception), exception, members));
        }
    }
}
