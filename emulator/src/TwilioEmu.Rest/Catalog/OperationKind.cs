namespace TwilioEmu.Rest.Catalog;

/// <summary>What an operation does to its collection.</summary>
public enum OperationKind
{
    /// <summary>Does something that leaves no resource of its own behind.</summary>
    Action,
    Create,
    Delete,
    Fetch,
    List,
    Update,
}

/// <summary>What a request body is.</summary>
public enum BodyKind
{
    None,
    Form,
    Json,
}

/// <summary>The envelope of a list (twilio.com/docs/usage/twilios-response).</summary>
public enum PageStyle
{
    None,

    /// <summary>2010-04-01: <c>first_page_uri</c>, <c>page_size</c>, ... beside the items.</summary>
    Classic,

    /// <summary>Product hosts: a <c>meta</c> member with absolute URLs.</summary>
    Meta,

    /// <summary>AvailablePhoneNumbers: the items and <c>uri</c>, one page.</summary>
    Single,

    /// <summary>Newer APIs: <c>meta.next_token</c>, <c>meta.previous_token</c>.</summary>
    Token,

    /// <summary>RFC 7644, section 3.4.2: <c>totalResults</c>, <c>startIndex</c>, <c>Resources</c>.</summary>
    Scim,

    /// <summary>Short code applications: <c>results</c> with <c>total_elements</c>, <c>current_page</c>, <c>has_next</c>.</summary>
    Counted,
}
