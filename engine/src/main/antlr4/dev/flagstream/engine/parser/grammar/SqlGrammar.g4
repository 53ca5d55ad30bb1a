// The sentences of ksqlDB's dialect, written from its documented syntax.
//
// One statement at a time: the script is split at semicolons first (SqlParser).
parser grammar SqlGrammar;

options {
    tokenVocab = SqlLexer;
}

singleStatement
    : statement SEMICOLON
    ;

statement
    : query                                                                          # queryStatement
    | CREATE (OR REPLACE)? SOURCE? sourceKind ifNotExists? name=identifier
        columnDefinitions? (WITH properties)?                                        # createSource
    | CREATE (OR REPLACE)? sourceKind ifNotExists? name=identifier
        (WITH properties)? AS query                                                  # createAsSelect
    | CREATE TYPE ifNotExists? name=identifier AS type                               # createType
    | CREATE (SINK | SOURCE) CONNECTOR ifNotExists? name=identifier WITH properties  # createConnector
    | INSERT INTO name=identifier (WITH properties)? query                           # insertInto
    | INSERT INTO name=identifier columnNames? VALUES
        LPAREN expression (COMMA expression)* RPAREN                                 # insertValues
    | DROP sourceKind ifExists? name=identifier (DELETE TOPIC)?                      # dropSource
    | DROP TYPE ifExists? name=identifier                                            # dropType
    | DROP CONNECTOR ifExists? name=identifier                                       # dropConnector
    | ALTER sourceKind name=identifier addedColumn (COMMA addedColumn)*              # alterSource
    | ALTER SYSTEM key=STRING EQUAL setting=STRING                                   # alterSystem
    | (SHOW | LIST) STREAMS EXTENDED?                                                # showStreams
    | (SHOW | LIST) TABLES EXTENDED?                                                 # showTables
    | (SHOW | LIST) ALL? TOPICS EXTENDED?                                            # showTopics
    | (SHOW | LIST) QUERIES EXTENDED?                                                # showQueries
    | (SHOW | LIST) FUNCTIONS                                                        # showFunctions
    | (SHOW | LIST) PROPERTIES                                                       # showProperties
    | (SHOW | LIST) TYPES                                                            # showTypes
    | (SHOW | LIST) VARIABLES                                                        # showVariables
    | (SHOW | LIST) (SOURCE | SINK)? CONNECTORS                                      # showConnectors
    | (SHOW | LIST) CONNECTOR PLUGINS                                                # showConnectorPlugins
    | DESCRIBE (STREAMS | TABLES) EXTENDED?                                          # describeAll
    | DESCRIBE FUNCTION name=identifier                                              # describeFunction
    | DESCRIBE CONNECTOR name=identifier                                             # describeConnector
    | DESCRIBE name=identifier EXTENDED?                                             # describe
    | EXPLAIN (statement | queryId=identifier)                                       # explain
    | TERMINATE queryReference                                                       # terminate
    | PAUSE queryReference                                                           # pause
    | RESUME queryReference                                                          # resume
    | PRINT resource (FROM BEGINNING)? ((INTERVAL | SAMPLE) interval=INTEGER_VALUE)?
        (LIMIT limit=INTEGER_VALUE)?                                                 # printTopic
    | SET key=STRING EQUAL setting=STRING                                            # setProperty
    | UNSET key=STRING                                                               # unsetProperty
    | DEFINE variable=variableName EQUAL setting=STRING                              # define
    | UNDEFINE variable=variableName                                                 # undefine
    | ASSERT (NOT EXISTS)? TOPIC resource (WITH properties)? (TIMEOUT duration)?     # assertTopic
    | ASSERT (NOT EXISTS)? SCHEMA (SUBJECT resource)? (ID id=INTEGER_VALUE)?
        (TIMEOUT duration)?                                                          # assertSchema
    ;

sourceKind
    : STREAM
    | TABLE
    ;

ifNotExists
    : IF NOT EXISTS
    ;

ifExists
    : IF EXISTS
    ;

queryReference
    : ALL
    | identifier
    ;

// The name of something outside the catalogue, such as a topic: its case is kept.
resource
    : STRING
    | identifier
    ;

// Any word: variables are written between braces, where no keyword can stand.
variableName
    : IDENTIFIER
    | nonReserved
    | reserved
    ;

columnDefinitions
    : LPAREN columnDefinition (COMMA columnDefinition)* RPAREN
    ;

columnDefinition
    : identifier type columnRole?
    ;

columnRole
    : PRIMARY? KEY                 # keyRole
    | HEADERS                      # headersRole
    | HEADER LPAREN STRING RPAREN  # headerRole
    ;

addedColumn
    : ADD COLUMN? identifier type
    ;

columnNames
    : LPAREN identifier (COMMA identifier)* RPAREN
    ;

properties
    : LPAREN property (COMMA property)* RPAREN
    ;

property
    : (STRING | identifier) EQUAL literal
    ;

// ---------------------------------------------------------------------------------------- queries

query
    : SELECT selectItem (COMMA selectItem)* FROM relation
        (WINDOW windowExpression)?
        (WHERE where=expression)?
        (GROUP BY groupBy=expressionGroup)?
        (PARTITION BY partitionBy=expressionGroup)?
        (HAVING having=expression)?
        (EMIT (CHANGES | FINAL))?
        (LIMIT limit=INTEGER_VALUE)?
    ;

selectItem
    : ASTERISK                                               # selectAll
    | identifier DOT ASTERISK                                # selectAllOf
    | expression (ARROW ASTERISK | AS? alias=identifier)?    # selectExpression
    ;

relation
    : aliasedSource join*
    ;

aliasedSource
    : name=identifier (AS? alias=identifier)?
    ;

join
    : joinType JOIN aliasedSource joinWindow? ON expression
    ;

joinType
    : INNER?
    | LEFT OUTER?
    | RIGHT OUTER?
    | FULL OUTER?
    ;

joinWindow
    : WITHIN (within=duration | LPAREN before=duration COMMA after=duration RPAREN)
        (GRACE PERIOD grace=duration)?
    ;

windowExpression
    : name=identifier? window
    ;

window
    : TUMBLING LPAREN SIZE size=duration windowLimits RPAREN                                         # tumblingWindow
    | HOPPING LPAREN SIZE size=duration COMMA ADVANCE BY advance=duration windowLimits RPAREN  # hoppingWindow
    | SESSION LPAREN gap=duration windowLimits RPAREN                                                # sessionWindow
    ;

windowLimits
    : (COMMA RETENTION retention=duration)? (COMMA GRACE PERIOD grace=duration)?
    ;

duration
    : MINUS? (INTEGER_VALUE | DECIMAL_VALUE | FLOATING_POINT_VALUE) timeUnit
    ;

timeUnit
    : YEAR | YEARS
    | MONTH | MONTHS
    | DAY | DAYS
    | HOUR | HOURS
    | MINUTE | MINUTES
    | SECOND | SECONDS
    | MILLISECOND | MILLISECONDS
    ;

// No AND, OR or NOT outside parentheses: these would be conditions, not keys.
expressionGroup
    : valueExpression (COMMA valueExpression)*
    | LPAREN (valueExpression (COMMA valueExpression)*)? RPAREN
    ;

// ------------------------------------------------------------------------------------ expressions

expression
    : valueExpression predicate?  # predicated
    | NOT expression              # not
    | expression AND expression   # and
    | expression OR expression    # or
    ;

predicate
    : comparisonOperator valueExpression                         # comparison
    | IS NOT? DISTINCT FROM valueExpression                      # distinctFrom
    | IS NOT? NULL                                               # isNull
    | NOT? BETWEEN low=valueExpression AND high=valueExpression  # between
    | NOT? IN LPAREN expression (COMMA expression)* RPAREN       # in
    | NOT? LIKE pattern=valueExpression (ESCAPE escape=STRING)?  # like
    ;

comparisonOperator
    : EQUAL
    | NOT_EQUAL
    | LESS_THAN
    | LESS_THAN_OR_EQUAL
    | GREATER_THAN
    | GREATER_THAN_OR_EQUAL
    ;

valueExpression
    : primary                                                                           # primaryValue
    | operator=(PLUS | MINUS) valueExpression                                           # sign
    | left=valueExpression operator=(ASTERISK | SLASH | PERCENT) right=valueExpression  # product
    | left=valueExpression operator=(PLUS | MINUS) right=valueExpression                # sum
    | left=valueExpression CONCAT right=valueExpression                                 # concatenation
    ;

primary
    : literal                                                                  # literalPrimary
    | CASE operand=valueExpression caseWhen+ (ELSE otherwise=expression)? END  # simpleCase
    | CASE caseWhen+ (ELSE otherwise=expression)? END                          # searchedCase
    | CAST LPAREN expression AS type RPAREN                                    # cast
    | ARRAY LBRACKET (expression (COMMA expression)*)? RBRACKET                # arrayConstructor
    | MAP LPAREN (mapEntry (COMMA mapEntry)*)? RPAREN                          # mapConstructor
    | STRUCT LPAREN (structField (COMMA structField)*)? RPAREN                 # structConstructor
    | identifier LPAREN ASTERISK RPAREN                                        # starCall
    | identifier LPAREN (argument (COMMA argument)* (COMMA lambda)*)? RPAREN   # functionCall
    | primary LBRACKET index=valueExpression RBRACKET                          # subscript
    | primary ARROW identifier                                                 # dereference
    | source=identifier DOT name=identifier                                    # qualifiedColumn
    | identifier STRING                                                        # typedText
    | identifier                                                               # column
    | LPAREN expression RPAREN                                                 # parenthesized
    ;

caseWhen
    : WHEN condition=expression THEN result=expression
    ;

mapEntry
    : key=expression ASSIGN mapped=expression
    ;

structField
    : identifier ASSIGN expression
    ;

argument
    : expression
    | timeUnit
    ;

lambda
    : identifier LAMBDA expression
    | LPAREN identifier (COMMA identifier)* RPAREN LAMBDA expression
    ;

literal
    : NULL                         # nullLiteral
    | (TRUE | FALSE)               # booleanLiteral
    | MINUS? INTEGER_VALUE         # integerLiteral
    | MINUS? DECIMAL_VALUE         # decimalLiteral
    | MINUS? FLOATING_POINT_VALUE  # doubleLiteral
    | STRING                       # stringLiteral
    | VARIABLE                     # variableLiteral
    ;

// ------------------------------------------------------------------------------------------ types

type
    : ARRAY LESS_THAN type GREATER_THAN                                        # arrayType
    | MAP LESS_THAN key=type COMMA mapped=type GREATER_THAN                    # mapType
    | STRUCT LESS_THAN (typeField (COMMA typeField)*)? GREATER_THAN            # structType
    | type ARRAY                                                               # postfixArrayType
    | DECIMAL LPAREN precision=INTEGER_VALUE COMMA scale=INTEGER_VALUE RPAREN   # decimalType
    | identifier (LPAREN typeParameter (COMMA typeParameter)* RPAREN)?         # namedType
    ;

typeField
    : identifier type
    ;

typeParameter
    : STRING_TYPE
    | INTEGER_VALUE
    ;

// ------------------------------------------------------------------------------------------ names

identifier
    : IDENTIFIER             # unquotedIdentifier
    | nonReserved            # unquotedIdentifier
    | BACKQUOTED_IDENTIFIER  # quotedIdentifier
    | QUOTED_IDENTIFIER      # quotedIdentifier
    | DIGIT_IDENTIFIER       # unquotedIdentifier
    | VARIABLE               # variableIdentifier
    ;

// Keywords that are names wherever a name is expected.
nonReserved
    : ADD | ALTER | ARRAY | ASSERT
    | CHANGES | COLUMN
    | DATE | DAY | DEFINE
    | EMIT | ESCAPE | EXPLAIN
    | FINAL | FUNCTION | FUNCTIONS
    | GRACE
    | HEADER | HEADERS | HOUR
    | ID | IF | INTEGER | INTERVAL
    | KEY
    | MAP | MINUTE | MONTH
    | PARTITION | PARTITIONS | PAUSE | PERIOD | PLUGINS | PRIMARY
    | REPLACE | RESUME
    | SCHEMA | SECOND | SESSION | SET | SHOW | SINK | SOURCE | STRING_TYPE | STRUCT | SUBJECT | SYSTEM
    | TABLES | TIME | TIMEOUT | TIMESTAMP | TYPE | TYPES
    | UNDEFINE
    | VARIABLES
    | YEAR
    ;

// Keywords that name nothing unless they stand in backquotes.
reserved
    : ADVANCE | ALL | AND | AS | AT | BEGINNING | BETWEEN | BY | CASE | CAST | CATALOG
    | CONNECTOR | CONNECTORS | CREATE | DAYS | DECIMAL | DELETE | DESCRIBE | DISTINCT | DROP
    | ELSE | END | EXISTS | EXPORT | EXTENDED | FALSE | FROM | FULL | GROUP | HAVING | HOPPING
    | HOURS | IN | INNER | INSERT | INTO | IS | JOIN | LEFT | LIKE | LIMIT | LIST | LOAD
    | MATERIALIZED | MILLISECOND | MILLISECONDS | MINUTES | MONTHS | NAMESPACE | NOT | NULL
    | ON | OR | OUTER | PRINT | PROPERTIES | QUERIES | QUERY | RENAME | RETENTION | RIGHT
    | RUN | SAMPLE | SCRIPT | SECONDS | SELECT | SIZE | STREAM | STREAMS | TABLE | TERMINATE
    | THEN | TO | TOPIC | TOPICS | TRUE | TUMBLING | UNSET | VALUES | VIEW | WHEN | WHERE
    | WINDOW | WITH | WITHIN | YEARS
    ;
